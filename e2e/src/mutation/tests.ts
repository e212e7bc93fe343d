import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVitest, type Vitest } from 'vitest/node'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- Vitest's own is widened: only interfaces merge
  export interface ProvidedContext {
    /** A file of tests, and the numbers of the mutants that it is run for; none has -1. */
    batch: { file: string; mutants: number[] }
    /** Where to say which were met; empty: nowhere. */
    hits: string
  }
}

export type Tests = {
  /** Paths. */
  files: readonly string[]
  /** The mutants that a file's tests meet. They must pass while all sleep. */
  metBy(file: string): Promise<number[]>
  /** Which of these mutants a file's tests notice when each is awake by itself. */
  noticed(file: string, mutants: readonly number[]): Promise<number[]>
  close(): Promise<void>
}

const none = -1
/** At once: for each all that is judged is read anew, and kept until they are done. */
const most = 25
const batch = join(import.meta.dirname, 'batch', 'main.ts')

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
      isolate: false,
      maxWorkers: 1,
      testTimeout: 60_000,
      reporters: [{}],
    },
    {
      resolve: { conditions: ['source'] },
      ssr: { resolve: { conditions: ['source'] } },
      plugins: [{ name: 'mutants', enforce: 'pre', transform: (source, id) => transform(source, id) }],
    },
  )
  const files = (await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId)
  const directory = mkdtempSync(join(tmpdir(), 'orbweaver-mutation-'))
  return {
    files,
    async metBy(file) {
      vitest.provide('hits', directory)
      const [noticed] = (await failing(vitest, file, [none])) ?? [none]
      if (noticed !== undefined) throw new Error(`${file} fails while nothing is changed`)
      vitest.provide('hits', '')
      const met: unknown = JSON.parse(readFileSync(join(directory, 'hits.json'), 'utf8'))
      return Array.isArray(met) ? met.filter((each) => typeof each === 'number') : []
    },
    noticed: (file, mutants) => noticed(vitest, file, mutants),
    async close() {
      rmSync(directory, { recursive: true, force: true })
      await vitest.close()
    },
  }
}

/** By halves when there are too many, or when something goes wrong outside any test: that may be the doing of any of them. */
async function noticed(vitest: Vitest, file: string, mutants: readonly number[]): Promise<number[]> {
  const found = mutants.length > most ? undefined : await failing(vitest, file, mutants)
  if (found !== undefined) return found
  if (mutants.length < 2) return [...mutants]
  const half = Math.ceil(mutants.length / 2)
  return [
    ...(await noticed(vitest, file, mutants.slice(0, half))),
    ...(await noticed(vitest, file, mutants.slice(half))),
  ]
}

/** For which of them a test fails; undefined when that cannot be told. */
async function failing(vitest: Vitest, file: string, mutants: readonly number[]): Promise<number[] | undefined> {
  vitest.provide('batch', { file, mutants: [...mutants] })
  const specification = vitest.getRootProject().createSpecification(batch)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification])
  const suites = testModules.flatMap((each) => [...each.children.suites()])
  const errors = testModules.flatMap((each) => each.errors())
  if (unhandledErrors.length > 0 || errors.length > 0 || suites.length !== mutants.length) return undefined
  return suites.filter((each) => !each.ok()).map(({ name }) => Number(name))
}
