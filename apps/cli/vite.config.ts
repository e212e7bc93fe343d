import { defaultServerConditions, defineConfig } from 'vite'

/** The command in one file, with everything that it needs of node_modules: nothing to install beside Node. */
export default defineConfig({
  ssr: { noExternal: true, resolve: { conditions: ['source', ...defaultServerConditions] } },
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'orbweaver.js', codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
})
