import type en from './en';

const fr: typeof en = {
  name: 'Fournisseurs',
  one: 'Fournisseur',
  new: 'Nouveau fournisseur',
  empty: { title: 'Aucun fournisseur pour l’instant', text: 'Un fournisseur est celui à qui vous achetez. Il sert à filtrer les produits et à remplir les catégories ; les clients ne le voient pas.' },
  fields: { name: 'Nom', products: 'Produits' },
};

export default fr;
