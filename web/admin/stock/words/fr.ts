import type en from './en';

const fr: typeof en = {
  name: 'Stock',
  page_help:
    'Ce qui se trouve où : en stock, réservé aux commandes, et disponible, la différence.\n' +
    '« Réceptionner » ajoute des pièces, « Corriger » rectifie après comptage, avec un motif. Cliquez sur une ligne pour chaque mouvement et sa cause : le journal et ces nombres concordent toujours.',
  title: 'Stock de %{sku}',
  empty: { title: 'Rien en stock pour l’instant', text: 'Enregistrez la première réception : ce qui est arrivé, combien de pièces, et où elles se trouvent.' },
  fields: {
    sku: 'SKU',
    name: 'Produit',
    location: 'Emplacement',
    condition: 'État',
    on_hand: 'En rayon',
    allocated: 'Réservé aux commandes',
    available: 'Disponible',
    at: 'Quand',
    kind: 'Mouvement',
    why: 'Motif',
    actor: 'Par',
  },
  conditions: { good: 'Bon', open_box: 'Ouvert', damaged: 'Abîmé', broken: 'Cassé', quarantine: 'Quarantaine', expired: 'Périmé' },
  levels: 'Ce qui se trouve où',
  movements: 'Mouvements',
  everywhere: 'Partout',
  no_movements: 'Aucun mouvement',
  no_movements_text: 'Réceptions, ventes, retours et corrections de ce SKU apparaissent ici.',
  receive: 'Réceptionner',
  correct: 'Corriger',
  kind: 'Ce qui s’est passé',
  kinds: {
    receipt: 'Réception',
    allocation: 'Réservé à une commande',
    release: 'Libéré',
    sale: 'Vente',
    cancellation: 'Revenu sans être parti',
    return: 'Retour',
    adjustment: 'Correction',
    write_off: 'Perte',
    transfer_out: 'Envoyé vers un autre emplacement',
    transfer_in: 'Venu d’un autre emplacement',
    condition_change: 'Changement d’état',
  },
  explained: {
    receipt: 'Les pièces peuvent être promises et vendues aussitôt.',
    adjustment: 'Pièces retrouvées ou, avec un moins, manquantes. Ce qui est réservé aux commandes ne peut pas partir.',
    write_off: 'Pièces définitivement perdues. Ce qui est réservé aux commandes ne peut pas partir.',
  },
  lines: 'Lignes',
  quantity: 'Quantité',
  add_line: 'Ajouter une ligne',
  book: 'Enregistrer',
  booked: 'Enregistré : %{smart_count} pièce |||| Enregistré : %{smart_count} pièces',
};

export default fr;
