import { readFileSync } from 'node:fs'
import { defaultServerConditions, defineConfig, type Plugin } from 'vite'

const groups = ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io']
const generated = new URL('../../packages/schemas/generated/', import.meta.url)

/** The definitions of Istio's kinds, which packages/schemas reads from files, go into the bundle. */
const definitionsInside: Plugin = {
  name: 'definitions-inside',
  transform(_code, id) {
    if (!id.endsWith('/packages/schemas/src/generated.ts')) return undefined
    const entries = groups.map(
      (group) => `${JSON.stringify(group)}: ${readFileSync(new URL(`${group}.json`, generated), 'utf8')}`,
    )
    return `const known = {${entries.join(',')}}\nexport const definitionsOf = (group) => known[group] ?? []`
  },
}

/** The command in one file, with everything that it needs of node_modules: nothing to install beside Node. */
export default defineConfig({
  plugins: [definitionsInside],
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
