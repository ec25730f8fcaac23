import type en from './en';

const fr: typeof en = {
  name: 'Classes de produits',
  page_help:
    'Une classe dit quel genre de chose est un produit, et donc quels attributs il a.\n' +
    'Une classe encore utilisée ne peut pas être supprimée : sa fenêtre montre les produits.',
  one: 'Classe de produits',
  new: 'Nouvelle classe',
  empty: { title: 'Aucune classe pour l’instant', text: 'Une classe dit de quel genre est un produit, par exemple « Chemises », et donc quels attributs sa fiche demande.' },
  fields: { name: 'Nom', products: 'Produits', attribute_ids: 'Attributs' },
  attributes_text: 'La fiche de ses produits demande ceux-ci ; s’il n’y en a aucun, tous.',
};

export default fr;
