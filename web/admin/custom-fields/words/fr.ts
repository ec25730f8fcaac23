import type en from './en';

const fr: typeof en = {
  name: 'Champs clients',
  page_help:
    'Ce que vous voulez savoir de plus sur les clients : carte de fidélité, anniversaire, taille. Un champ apparaît chez chaque client, dans les formulaires et les filtres.\n' +
    'Un champ peut être désactivé ; ce qui a été saisi est conservé.',
  new: 'Nouveau champ',
  edit: 'Modifier le champ',
  text: 'Ce que vous voulez savoir d’autre de vos clients : une carte de fidélité, un anniversaire, une taille. Ces champs apparaissent sur chaque client et dans les filtres.',
  empty: {
    title: 'Aucun champ personnalisé',
    text: 'Ajoutez un champ : il apparaît sur chaque client, dans les formulaires et les filtres.',
  },
  fields: {
    label: 'Nom',
    key: 'Clé',
    kind: 'Type',
    choices: 'Choix',
    shop_level: 'Les clients',
    position: 'Position',
    is_active: 'Utilisé',
    labels: 'Noms',
  },
  kind: { text: 'Texte', number: 'Nombre', choice: 'Un choix parmi plusieurs', date: 'Date', bool: 'Oui ou non' },
  shop_level: { hidden: 'ne le voient pas', read: 'le voient', write: 'le modifient eux-mêmes' },
  label_in: 'Nom en %{language}',
  label_text: 'S’il est vide, l’anglais est affiché.',
  key_text: 'Pour les programmes et les filtres : minuscules, chiffres et tirets bas. Elle ne change jamais.',
  choices_text: 'Un par ligne. Les clients gardent un choix retiré.',
  position_text: 'Les plus petits nombres d’abord.',
  kind_text: 'Il ne change jamais.',
  in_use: 'Utilisé',
  retired: 'N’est plus utilisé',
  is_used: 'Ce champ est utilisé',
  used_text: 'Les valeurs des clients restent dans tous les cas.',
};

export default fr;
