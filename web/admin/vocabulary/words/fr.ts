import type en from './en';

const fr: typeof en = {
  search: 'Mots du nom',
  show: 'Afficher',
  products_of: 'Afficher les produits : %{name}',
  saved: 'Enregistré',
  deleted: 'Supprimé',
  delete_title: 'Supprimer %{name} ?',
  delete_text: 'C’est possible tant qu’aucun produit ne l’utilise et qu’aucune règle de catégorie ne le cite. C’est irréversible.',
  create: 'Créer « %{name} »',
};

export default fr;
