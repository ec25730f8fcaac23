import type en from './en';

const fr: typeof en = {
  name: 'Avis',
  empty: { title: 'Aucun avis', text: 'On vous prévient ici quand une commande a besoin de vous ou qu’elle change.' },
  older: 'Avis plus anciens',
  mark_read: 'Marquer comme lu',
  marked: 'Marqué comme lu',
  all: 'Tous les avis',
};

export default fr;
