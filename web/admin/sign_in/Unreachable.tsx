/** The server did not say who is signed in. No words are loaded yet: three languages beside each other. */
export function Unreachable({ error }: { error: unknown }) {
  return (
    <main role="alert">
      <p>The server cannot be reached. Try again in a moment.</p>
      <p lang="fr">Le serveur est injoignable. Réessayez dans un instant.</p>
      <p lang="ru">Сервер недоступен. Попробуйте ещё раз через минуту.</p>
      <p>{error instanceof Error ? error.message : null}</p>
      <button type="button" onClick={() => location.reload()}>
        ↻
      </button>
    </main>
  );
}
