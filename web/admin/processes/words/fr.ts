import type en from './en';

const fr: typeof en = {
  name: 'Processus',
  page_help:
    'Chaque commande est menée par un processus qui survit aux redémarrages. Voici tous ceux qui tournent, et ce que chacun attend.\n' +
    'Filtrez par ce qu’ils attendent, par âge ou par étape en difficulté. Une étape bloquée peut être réessayée, sautée ou réglée à la main sur la page de sa commande ; qui a décidé et pourquoi est conservé.',
  empty: { title: 'Rien n’attend ici', text: 'Chaque commande ouverte est un processus. Voici ce que chacun attend et ce qui le bloque.' },
  fields: { state: 'État', kind: 'Étape en difficulté', cause: 'Attend', branch_id: 'Point de vente', older_than: 'Plus ancien que' },
  state: { running: 'Tous en cours', waiting: 'En attente normale', failing: 'Une étape est en difficulté', needs_person: 'Quelqu’un doit décider' },
  cause: { on_hold: 'La libération', change: 'Une modification proposée', unpaid: 'Le paiement', refund: 'Un remboursement', backorder: 'Le stock', shipping: 'La préparation et l’envoi', delivery: 'La livraison' },
  age: { '3600': 'Une heure', '86400': 'Un jour', '259200': 'Trois jours', '1209600': 'Deux semaines' },
  since: 'En cours depuis',
  nothing: 'Il n’attend rien.',
};

export default fr;
