import type en from './en';

const fr: typeof en = {
  name: 'Fournisseurs',
  page_help:
    'Ceux à qui vous achetez. Les clients ne le voient pas.\n' +
    'Un fournisseur utilisé ne peut pas être supprimé : la fenêtre montre les produits.',
  one: 'Fournisseur',
  new: 'Nouveau fournisseur',
  empty: { title: 'Aucun fournisseur pour l’instant', text: 'Un fournisseur est celui à qui vous achetez. Il sert à filtrer les produits et à remplir les catégories ; les clients ne le voient pas.' },
  fields: { name: 'Nom', products: 'Produits' },
};

export default fr;
