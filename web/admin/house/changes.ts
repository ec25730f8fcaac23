/** Changes that act at once: told when they are done, and everything about them is read anew. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNotify, useTranslate } from 'react-admin';
import type { Running } from './commands';

interface Options<Answer> {
  /** Key of the sentence shown when it is done. */
  done?: string;
  onDone?: (answer: Answer) => void;
}

/** `send` asks the API; what the screens know of `resource` is read again, done or refused. */
export function useChange<Body = void, Answer = unknown>(
  resource: string,
  send: (body: Body) => Promise<Answer>,
  { done = 'house.done', onDone }: Options<Answer> = {},
): Running<Body> {
  const client = useQueryClient();
  const notify = useNotify();
  const translate = useTranslate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      notify(translate(done), { type: 'success' });
      onDone?.(answer);
    },
    onSettled: () => client.invalidateQueries({ queryKey: [resource] }),
  });
  return { run: mutate, isPending, error };
}
