import type en from './en';

const fr: typeof en = {
  name: 'Marques',
  one: 'Marque',
  new: 'Nouvelle marque',
  empty: { title: 'Aucune marque pour l’instant', text: 'Une marque est le nom sous lequel les articles sont connus. Elle sert à filtrer les produits et à remplir les catégories.' },
  fields: { name: 'Nom', products: 'Produits' },
};

export default fr;
