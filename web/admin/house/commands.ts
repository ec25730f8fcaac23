/** Commands: sent under an id made here, so that a repeat acts once; afterwards everything about it is read anew. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Problem, ask } from './http';

interface Accepted {
  code?: string;
}

export interface Running<Body> {
  run: (body: Body) => void;
  isPending: boolean;
  error: Problem | Error | null;
}

interface Options {
  /** Key of the sentence shown when it is done. */
  done?: string;
  onDone?: () => void;
}

/** `useCommand('orders', id, 'hold')` posts to /api/orders/{id}/hold. */
export function useCommand<Body extends object>(resource: string, id: string, command: string, options: Options = {}): Running<Body> {
  const client = useQueryClient();
  const notify = useNotify();
  const translate = useTranslate();
  const commandId = useRef(crypto.randomUUID());
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Body) => ask<Accepted>('POST', `/${resource}/${id}/${command}`, { id: commandId.current, ...body }),
    onSuccess: (answer) => {
      commandId.current = crypto.randomUUID();
      const done = answer?.code === 'Accepted' ? 'house.accepted' : (options.done ?? 'house.done');
      notify(translate(done), { type: 'success' });
      options.onDone?.();
    },
    // Refused by what others did meanwhile: then what is shown is old too.
    onSettled: () => client.invalidateQueries({ queryKey: [resource] }),
    onError: (error) => {
      if (error instanceof Problem && error.status === 409) commandId.current = crypto.randomUUID();
    },
  });
  return { run: mutate, isPending, error };
}
