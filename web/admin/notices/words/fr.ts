import type en from './en';

const fr: typeof en = {
  name: 'Avis',
  page_help:
    'Ce qui vous concerne : les commandes dont vous êtes responsable et ce qui demande une décision. La cloche montre combien ne sont pas lus.\n' +
    'Quels événements sont annoncés, comment et avec quels mots se règle dans Paramètres, Avis.',
  empty: { title: 'Aucun avis', text: 'On vous prévient ici quand une commande a besoin de vous ou qu’elle change.' },
  older: 'Avis plus anciens',
  mark_read: 'Marquer comme lu',
  marked: 'Marqué comme lu',
  all: 'Tous les avis',
};

export default fr;
