import type en from './en';

const fr: typeof en = {
  title: 'Mon compte',
  page_help:
    'Votre langue et vos couleurs, votre mot de passe, la deuxième étape de connexion et vos sessions ouvertes.\n' +
    'Terminez une session que vous ne reconnaissez pas, puis changez de mot de passe : cela termine aussi toutes les autres. Une application d’authentification évite le code par e-mail.',
  person: 'Qui je suis',
  name: 'Nom',
  login: 'Identifiant',
  groups: 'Groupes',
  branches: 'Points de vente',
  look: 'Langue et apparence',
  language: 'Langue',
  theme: 'Couleurs',
  theme_light: 'Clair',
  theme_dark: 'Sombre',
  password: 'Mot de passe',
  current_password: 'Mot de passe actuel',
  change_password: 'Changer le mot de passe',
  password_changed: 'Votre mot de passe est changé ; toutes les autres sessions sont terminées.',
  second_factor: 'Deuxième étape de connexion',
  by_email: 'Un code est envoyé chaque fois à votre adresse e-mail.',
  by_authenticator: 'Une application d’authentification affiche le code.',
  add_authenticator: 'Utiliser une application d’authentification',
  remove_authenticator: 'Retirer l’application d’authentification',
  scan: 'Scannez cette image avec l’application, ou saisissez la clé indiquée dessous. Entrez ensuite le code affiché.',
  picture: 'Code QR',
  secret: 'Clé',
  code: 'Code',
  confirm: 'Confirmer',
  recovery_codes: 'Codes de secours',
  recovery_text: 'Chacun vous connecte une fois quand la deuxième étape est hors de portée. Gardez-les en lieu sûr : ils ne sont affichés que maintenant.',
  new_recovery_codes: 'Nouveaux codes de secours',
  enter_password: 'Saisissez votre mot de passe pour continuer.',
  unknown_device: 'Un navigateur qui ne se nomme pas',
  sessions: 'Où je suis connecté',
  this_session: 'Celle-ci',
  last_seen: 'Vue',
  end_session: 'Terminer',
  end_others: 'Terminer toutes les autres',
};

export default fr;
