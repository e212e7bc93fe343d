import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVitest, type TestSpecification, type Vitest } from 'vitest/node'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- Vitest's own is widened: only interfaces merge
  export interface ProvidedContext {
    /** The number of the mutant that is awake; none has -1. */
    mutant: number
    /** Where to say which were met; empty: nowhere. */
    hits: string
  }
}

export type Tests = {
  files: readonly TestSpecification[]
  /** The mutants that a file's tests meet. They must pass while all sleep. */
  metBy(file: TestSpecification): Promise<number[]>
  /** Whether a file's tests notice that a mutant is awake. */
  notice(file: TestSpecification, mutant: number): Promise<boolean>
  close(): Promise<void>
}

/** The unit tests below a folder, with sources as `transform` gives them. */
export async function testsBelow(
  root: string,
  folder: string,
  transform: (source: string, path: string) => string | undefined,
): Promise<Tests> {
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root,
      watch: false,
      include: [`${folder}/**/*.test.ts`],
      setupFiles: [join(import.meta.dirname, 'test-setup.ts')],
      isolate: false,
      maxWorkers: 1,
      testTimeout: 60_000,
      bail: 1,
      reporters: [{}],
    },
    {
      resolve: { conditions: ['source'] },
      ssr: { resolve: { conditions: ['source'] } },
      plugins: [{ name: 'mutants', enforce: 'pre', transform: (source, id) => transform(source, id) }],
    },
  )
  const files = await vitest.globTestSpecifications()
  const directory = mkdtempSync(join(tmpdir(), 'orbweaver-mutation-'))
  return {
    files,
    async metBy(file) {
      vitest.provide('hits', directory)
      if (!(await passes(vitest, file, -1))) throw new Error(`${file.moduleId} fails while nothing is changed`)
      vitest.provide('hits', '')
      const met: unknown = JSON.parse(readFileSync(join(directory, 'hits.json'), 'utf8'))
      return Array.isArray(met) ? met.filter((each) => typeof each === 'number') : []
    },
    notice: async (file, mutant) => !(await passes(vitest, file, mutant)),
    async close() {
      rmSync(directory, { recursive: true, force: true })
      await vitest.close()
    },
  }
}

async function passes(vitest: Vitest, file: TestSpecification, mutant: number): Promise<boolean> {
  vitest.provide('mutant', mutant)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([file])
  return unhandledErrors.length === 0 && testModules.every((each) => each.ok())
}
