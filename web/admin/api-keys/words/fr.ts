import type en from './en';

const fr: typeof en = {
  name: 'Clés d’API',
  page_help:
    'Clés pour les boutiques en ligne et autres programmes. Une clé n’est montrée qu’une fois, à sa création ; ensuite, seulement son début.\n' +
    'Donnez-lui uniquement les droits nécessaires. Une clé révoquée cesse aussitôt de fonctionner, et sa dernière utilisation est affichée ici.',
  new: 'Nouvelle clé d’API',
  about: 'À propos de cette clé',
  make: 'Créer la clé',
  created: 'La clé est créée',
  empty: { title: 'Aucune clé', text: 'Une clé permet à un programme, par exemple la boutique en ligne ou un import, d’utiliser l’API avec les seuls droits que vous choisissez.' },
  fields: {
    name: 'Nom',
    status: 'État',
    prefix: 'Commence par',
    rights: 'Droits',
    channel_name: 'Canal',
    last_used_at: 'Dernière utilisation',
    expires_at: 'Valable jusqu’au',
    created_by: 'Créée par',
    created_at: 'Créée le',
    is_active: 'État',
  },
  is_active: { true: 'Non révoquée', false: 'Révoquée' },
  name_text: 'Quel programme l’utilise, et où.',
  end_text: 'Vide : jusqu’à sa révocation.',
  channel_text: 'Le programme ne voit et ne passe que les commandes de ce canal.',
  every_channel: 'Tous les canaux',
  never: 'Jamais',
  no_end: 'Jusqu’à sa révocation',
  least: 'N’accordez que ce dont le programme a besoin. Il ne pourra jamais faire plus que vous.',
  token: 'Jeton de « %{name} »',
  once: 'Il n’est affiché que maintenant. Placez-le là où le programme lit ses secrets ; personne ne pourra le retrouver plus tard.',
  copy: 'Copier',
  copied: 'Copié',
  kept: 'Je l’ai mis en lieu sûr',
  revoke: 'Révoquer',
  revoked: 'La clé est révoquée',
  revoke_title: 'Révoquer « %{name} » ?',
  revoke_text: 'Le programme est refusé dès sa prochaine requête. C’est irréversible : il lui faudra une nouvelle clé.',
  done_with: 'Ce qui a été fait avec elle',
};

export default fr;
