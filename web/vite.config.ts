import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The words of one language are one file, whichever screen they belong to. */
const wordsOf = (id: string): string | null => {
  const language = /\/words\/(\w\w)\.ts$/.exec(id)?.[1];
  return language ? `words-${language}` : null;
};

/** What nearly every page stands on: one file is fetched and compiled sooner than sixty. */
const HOUSE = /\/admin\/house\/|\/node_modules\//;
/** Fetched by the few pages that draw. */
const RARE = /\/node_modules\/(recharts|d3-|victory|@reduxjs|immer|react-redux|redux|reselect|es-toolkit|decimal)/;

export default defineConfig({
  root: 'admin',
  base: '/admin/',
  plugins: [react()],
  build: {
    outDir: '../dist/admin',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0, // the pages' rules allow no data: fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500, // kB before compression; bench/pages.py watches the real figure
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: wordsOf, test: /\/words\/\w\w\.ts$/ }, { name: 'house', test: (id) => HOUSE.test(id) && !RARE.test(id), minShareCount: 3 }] } } },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8000' } },
});
