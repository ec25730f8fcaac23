/** How react-admin moves about: what changes the search alone leaves the page as it is by then. */
import { useCallback } from 'react';
import { type RouterNavigateFunction, reactRouterProvider } from 'react-admin';
import { createPath, parsePath } from 'react-router-dom';

/**
 * The router would take the page that was drawn last. Filters are applied a moment after one types them; who has opened
 * a row meanwhile would find its window closed.
 */
const useNavigate = (): RouterNavigateFunction => {
  const navigate = reactRouterProvider.useNavigate();
  const go = (to: Parameters<RouterNavigateFunction>[0], options?: Parameters<RouterNavigateFunction>[1]): void => {
    const isSearchAlone = typeof to === 'object' && to.pathname === undefined;
    navigate(isSearchAlone ? createPath({ ...to, pathname: shown() }) : to, options);
  };
  return useCallback(go, [navigate]) as RouterNavigateFunction;
};

const shown = (): string => parsePath(location.hash.slice(1)).pathname ?? '/';

export const routing = { ...reactRouterProvider, useNavigate };
