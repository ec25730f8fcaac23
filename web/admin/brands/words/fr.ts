import type en from './en';

const fr: typeof en = {
  name: 'Marques',
  page_help:
    'Les noms sous lesquels les articles sont connus. Ils servent à filtrer les produits.\n' +
    'Une marque se crée aussi en modifiant un produit. Une marque utilisée ne peut pas être supprimée : sa fenêtre montre les produits.',
  one: 'Marque',
  new: 'Nouvelle marque',
  empty: { title: 'Aucune marque pour l’instant', text: 'Une marque est le nom sous lequel les articles sont connus. Elle sert à filtrer les produits et à remplir les catégories.' },
  fields: { name: 'Nom', products: 'Produits' },
};

export default fr;
