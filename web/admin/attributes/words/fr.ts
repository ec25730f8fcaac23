import type en from './en';

const fr: typeof en = {
  name: 'Attributs',
  page_help:
    'Ce qui distingue les produits ou leurs variantes : couleur, taille, matière. Chaque attribut a des valeurs, nommées en trois langues.\n' +
    'Donnez des attributs à une classe de produits, et la fenêtre de ses produits les demande. Les variantes naissent des valeurs choisies.',
  new: 'Nouvel attribut',
  about: 'À propos de cet attribut',
  empty: { title: 'Aucun attribut pour l’instant', text: 'Un attribut est ce qui distingue les produits ou leurs déclinaisons : couleur, taille… Donnez-lui des valeurs, et les déclinaisons en sont faites.' },
  fields: {
    name: 'Nom',
    code: 'Code',
    names: 'Noms',
    values: 'Valeurs',
    position: 'Position',
    en: 'Anglais',
    fr: 'Français',
    ru: 'Russe',
  },
  name_in: 'Nom · %{language}',
  name_text: 'Là où un nom est vide, une autre langue est affichée.',
  code_text: 'Minuscules, chiffres et _. Les modèles de SKU le citent : {couleur}.',
  position_text: 'Les plus petits nombres d’abord.',
  values_text: 'Les valeurs sont affichées dans cet ordre. Leurs codes les représentent dans les SKU.',
  no_values: 'Aucune valeur pour l’instant : sans valeur, aucun produit ne peut avoir cet attribut.',
  value: 'Valeur %{number}',
  value_code: 'Code de la valeur %{number}',
  value_name: '%{language}, valeur %{number}',
  add_value: 'Ajouter une valeur',
  up: 'Monter %{name}',
  down: 'Descendre %{name}',
  remove: 'Retirer %{name}',
  value_used: 'Des produits ont cette valeur ou une règle de catégorie la cite : modifiez-les d’abord.',
  used: 'Des produits ont ses valeurs ou une règle de catégorie les cite : modifiez-les d’abord.',
  more: 'et %{smart_count} autre |||| et %{smart_count} autres',
  incomplete: 'Complétez ce qui est en rouge : un code et au moins un nom, pour chaque valeur aussi ; et pas deux fois le même code.',
  saved: 'Attribut enregistré',
  deleted: 'Attribut supprimé',
  delete_title: 'Supprimer %{name} ?',
  delete_text: 'Ses valeurs disparaissent avec lui. C’est irréversible.',
};

export default fr;
