/** What is done to categories; afterwards the tree is read anew. */
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../house/http';
import { useTell } from '../house/problems';
import type { Category } from '../products/choices';
import { draftOf } from './draft';

export function useReadAnew(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['categories'] });
}

export function usePublish(): UseMutationResult<Category, unknown, Category> {
  const readAnew = useReadAnew();
  const tell = useTell();
  return useMutation({
    mutationFn: ({ id, is_published }: Category) => ask<Category>('POST', `/categories/${id}/${is_published ? 'unpublish' : 'publish'}`),
    onSettled: readAnew,
    onError: tell,
  });
}

interface Move {
  category: Category;
  by: 1 | -1;
}

/** Among those of the same parent: whose place has changed is saved. */
export function useMove(categories: Category[]): UseMutationResult<void, unknown, Move> {
  const readAnew = useReadAnew();
  const tell = useTell();
  const move = async ({ category, by }: Move): Promise<void> => {
    const siblings = categories.filter(({ parent_id }) => parent_id === category.parent_id);
    const at = siblings.findIndex(({ id }) => id === category.id);
    siblings.splice(at, 1);
    siblings.splice(at + by, 0, category);
    const moved = siblings.map((each, position) => ({ each, position })).filter(({ each, position }) => each.position !== position);
    for (const { each, position } of moved) await ask('PUT', `/categories/${each.id}`, { ...draftOf(each), position, version: each.version });
  };
  return useMutation({ mutationFn: move, onSettled: readAnew, onError: tell });
}
