import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type AnyContractRouter, minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin, runnerImport } from 'vite'

/** Copies of every text file for servers that do not compress by themselves: the BFF serves them as they lie. */
function precompressed(): Plugin {
  let directory = ''
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved: (config) => {
      directory = join(config.root, config.build.outDir)
    },
    closeBundle: () => {
      for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue
        const file = join(entry.parentPath, entry.name)
        const content = readFileSync(file)
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
      }
    },
  }
}

/** The contract's routes without its schemas, in place of src/api/routes.ts. */
function bareRoutes(): Plugin {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const routes = here('src/api/routes.ts')
  return {
    name: 'bare-routes',
    apply: 'build',
    load: async (id) => {
      if (id !== routes) return undefined
      const file = here('../../packages/contracts/src/contract.ts')
      const { module } = await runnerImport<{ contract: AnyContractRouter }>(file, { configFile: false })
      return `export const routes = ${JSON.stringify(minifyContractRouter(module.contract))}`
    },
  }
}

/**
 * antd's contexts take one provider from the index of the form library, and with it all of the library and its validator:
 * the shell has no form. Here it comes from the file that it stands in.
 */
function formProviderAlone(): Plugin {
  let met = false
  return {
    name: 'form-provider-alone',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source !== '@rc-component/form' || importer?.endsWith('/antd/es/form/context.js') !== true) return undefined
      met = true
      return this.resolve('@rc-component/form/es/FormContext', importer)
    },
    buildEnd(error) {
      if (error === undefined && !met) this.error('antd no longer asks for the provider of forms where it did')
    },
  }
}

/** What the entry imports at once. The entry itself stays what the page names. */
const isShell = (id: string): boolean => !/\/(src\/main\.tsx|index\.html)$/.test(id)

export default defineConfig({
  plugins: [react(), formProviderAlone(), bareRoutes(), precompressed()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Schemas that nobody in the browser asks are left out: zod would be a tenth of many pages.
      treeshake: { manualPureFunctions: ['z', 'oc'] },
      // Else what the shell shares with each set of pages is a chunk: fifty, always loaded together, heavier than in one.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /[\\/]node_modules[\\/]/ },
            { name: 'shell', tags: ['$initial'], test: isShell },
          ],
        },
      },
    },
  },
})
