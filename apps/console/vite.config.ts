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

export default defineConfig({
  plugins: [react(), bareRoutes(), precompressed()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Preloading every chunk's closure by name would put the whole list into the shell.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'js' ? dependencies.filter((each) => each.endsWith('.css')) : dependencies,
    },
    chunkSizeWarningLimit: 700,
    // Schemas that nobody in the browser asks are left out: zod would be a tenth of many pages.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z', 'oc'] } },
  },
})
