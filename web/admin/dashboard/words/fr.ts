import type en from './en';

const fr: typeof en = {
  title: 'Aujourd’hui',
  page_help:
    'Ce qui attend quelqu’un, ce qui s’est vendu et ce qui s’épuise, dans la limite de vos droits.\n' +
    'Cliquez sur un nombre pour voir les commandes qu’il compte. Les processus bloqués sont affichés ici avant que quiconque se plaigne : ouvrez-en un et décidez.\n' +
    'Sous chaque graphique, « En tableau » montre les mêmes chiffres, à lire ou à copier.',
  hello: 'Bonjour, %{name}',
  nothing: 'Il n’y a encore rien à voir ici pour vous. Demandez à la personne qui gère les droits ce que vous devriez voir.',
  to_process: 'Commandes à traiter',
  count: { open: 'Ouvertes', to_ship: 'À expédier', unpaid: 'Impayées', on_hold: 'En attente', attention: 'À décider' },
  sales: 'Ventes',
  no_sales: 'Rien n’a encore été vendu sur cette période.',
  currency: 'Devise',
  period: {
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    this_week: 'Cette semaine',
    last_week: 'La semaine dernière',
    this_month: 'Ce mois-ci',
    last_month_so_far: 'Le mois dernier à ce jour',
  },
  now: 'Maintenant',
  before: 'Avant',
  orders: '%{smart_count} commande |||| %{smart_count} commandes',
  as_table: 'En tableau',
  as_chart: 'En graphique',
  best: 'Meilleures ventes, 30 derniers jours',
  pieces: 'Pièces',
  low_stock: 'Bientôt épuisés',
  enough: 'Il y a assez de tout.',
  product: 'Produit',
  location: 'Emplacement',
  available: 'Disponible',
  stuck: 'Processus bloqués',
  not_stuck: 'Rien n’est bloqué : chaque processus avance ou attend normalement.',
  see_all: 'Tout voir',
  add: { orders: 'Nouvelle commande', customers: 'Nouveau client', products: 'Nouveau produit' },
  first_steps: {
    title: 'Premiers pas',
    text: 'Cinq étapes jusqu’à la première commande. Chacune est cochée dès qu’elle est vraiment faite.',
    done: 'Fait',
    open: 'À faire',
    shop: 'Présentez la boutique',
    shop_text: 'Nom, adresse, langue et fuseau horaire, dans les réglages.',
    shipping: 'Dites comment les colis arrivent aux clients',
    shipping_text: 'Au moins un mode de livraison avec son prix.',
    product: 'Ajoutez le premier produit',
    product_text: 'Avec son prix et sa classe de taxe ; les images peuvent suivre.',
    stock: 'Saisissez son stock',
    stock_text: 'On ne vend et n’expédie que ce qui est là.',
    order: 'Prenez la première commande',
    order_text: 'Depuis la boutique en ligne, ou à la main pour quelqu’un qui appelle.',
  },
};

export default fr;
