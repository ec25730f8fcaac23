import type en from './en';

const fr: typeof en = {
  name: 'Points de vente',
  page_help:
    'Magasins, entrepôts et bureaux. Les droits « dans ses points de vente » visent ceux où l’on travaille.\n' +
    'Le code est le nom du point de vente pour les autres programmes ; chaque commande appartient à l’un d’eux.',
  new: 'Nouveau point de vente',
  edit: 'Modifier le point de vente',
  search: 'Nom, ville, code',
  about: 'À propos de ce point de vente',
  who_works_here: 'Qui travaille ici',
  empty: { title: 'Aucun point de vente', text: 'Un point de vente est un lieu où la boutique travaille. Commandes, stock et employés y sont rattachés.' },
  fields: { name: 'Nom', code: 'Code', kind: 'Type', country: 'Pays', city: 'Ville', postcode: 'Code postal', street: 'Rue' },
  kinds: { corporate: 'En propre', boutique: 'Boutique', franchise: 'Franchise' },
  code_text: 'Lettres, chiffres, - et _ ; les programmes le connaissent sous ce code.',
  country_text: 'Deux lettres, par exemple FR.',
};

export default fr;
