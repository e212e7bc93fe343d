import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { buildKey } from './build-key.ts'
import { cacheDir, goEnvironment, packageDir } from './env.ts'
import { families, type Family, type FamilyName, linkFlags } from './families.ts'
import { linesOf, tail } from './lines.ts'
import { LabError } from './lab-error.ts'

/** Where each family's binaries and kept files lie. */
export type Built = Readonly<Record<FamilyName, string>>

const goDir = (family: Family): string => join(packageDir, 'go', family.module ?? family.name)

/** Text of each file of our own that is built, in the order of their names. */
const sourceOf = async (family: Family): Promise<readonly string[]> => {
  const files = await Promise.all((family.source ?? []).map((folder) => filesIn(family, folder)))
  return Promise.all(files.flat().map(async (file) => `${file}>${await readFile(join(goDir(family), file), 'utf8')}`))
}

const filesIn = async (family: Family, folder: string): Promise<readonly string[]> =>
  (await readdir(join(goDir(family), folder))).toSorted().map((file) => join(folder, file))

const targetDir = async (family: Family): Promise<string> => {
  const [goMod, goSum] = await Promise.all(
    ['go.mod', 'go.sum'].map((file) => readFile(join(goDir(family), file), 'utf8')),
  )
  const key = buildKey({
    goMod: goMod ?? '',
    goSum: goSum ?? '',
    linkFlags: linkFlags(family),
    keep: family.keep.map(({ from, to }) => `${from}>${to}`),
    source: await sourceOf(family),
  })
  return join(cacheDir(), `${family.name}-${key}`)
}

const go = (family: Family, args: readonly string[]): Promise<string> =>
  new Promise((done, fail) => {
    // Building takes minutes and all cores: at low priority the machine stays usable.
    const child = spawn('nice', ['-n', '10', 'go', ...args], { cwd: goDir(family), env: goEnvironment() })
    const output: string[] = []
    const complaints: string[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
    child.on('error', (error) => fail(new LabError(`go ${args[0] ?? ''} (${family.name})`, [error.message])))
    child.on('close', (code) => {
      if (code === 0) done(output.join(''))
      else fail(new LabError(`go ${args[0] ?? ''} (${family.name})`, tail(linesOf(complaints.join('')), 20)))
    })
  })

const buildInto = async (family: Family, into: string): Promise<void> => {
  await mkdir(join(into, 'bin'), { recursive: true })
  for (const binary of family.binaries) {
    const flags = ['-trimpath', '-ldflags', linkFlags(family), '-o', join(into, 'bin', binary.name)]
    await go(family, ['build', ...flags, binary.package])
  }
  const modules = new Map<string, string>()
  for (const { module, from, to } of family.keep) {
    const dir = modules.get(module) ?? (await go(family, ['list', '-m', '-f', '{{.Dir}}', module])).trim()
    modules.set(module, dir)
    await mkdir(dirname(join(into, to)), { recursive: true })
    await cp(join(dir, from), join(into, to))
  }
  await writeFile(join(into, 'complete'), '')
}

const buildFamily = async (family: Family, say: (line: string) => void): Promise<string> => {
  const target = await targetDir(family)
  if (existsSync(join(target, 'complete'))) return target
  const started = Date.now()
  say(`building ${family.name} (${family.binaries.map(({ name }) => name).join(', ')}) …`)
  const half = `${target}.${process.pid}.half`
  try {
    await buildInto(family, half)
    await rm(target, { recursive: true, force: true })
    await rename(half, target)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
  say(`built ${family.name} in ${Math.round((Date.now() - started) / 1000)} s`)
  return target
}

/** Builds one family, if it is not built yet, and says where it is. */
const buildOne = async (name: FamilyName, say: (line: string) => void): Promise<string> => {
  const family = families.find((each) => each.name === name)
  if (family === undefined) throw new LabError(name, ['no such family'])
  return buildFamily(family, say)
}

/** Istio's judges of files. */
export const buildJudges = async (say: (line: string) => void): Promise<string> =>
  binary({ judges: await buildOne('judges', say) }, 'judges', 'istio-judges')

/** What generates the configuration of proxies. */
export const buildProxies = async (say: (line: string) => void): Promise<string> =>
  binary({ proxies: await buildOne('proxies', say) }, 'proxies', 'istio-proxies')

/** Where the source of Istio lies, which comes with its module. */
export const istioSource = async (): Promise<string> => {
  const family = families.find((each) => each.name === 'istio')
  if (family === undefined) throw new LabError('istio', ['no such family'])
  const said: unknown = JSON.parse(await go(family, ['mod', 'download', '-json', 'istio.io/istio']))
  return textAt(said, 'Dir') ?? ''
}

/** Istio itself: what renders its charts. */
export const buildIstio = async (say: (line: string) => void): Promise<Pick<Built, 'istio'>> => ({
  istio: await buildOne('istio', say),
})

/** Builds what is not built yet; one after the other, because each build uses all cores. */
export const build = async (say: (line: string) => void): Promise<Built> => {
  const built = { etcd: '', kubernetes: '', kwok: '', istio: '', judges: '', proxies: '' }
  for (const family of families) built[family.name] = await buildFamily(family, say)
  return built
}

/** A program where its family is built already; nothing is built for it. */
export const builtProgram = async (name: FamilyName, program: string): Promise<string | undefined> => {
  const family = families.find((each) => each.name === name)
  const target = family === undefined ? undefined : await targetDir(family)
  return target !== undefined && existsSync(join(target, 'complete')) ? join(target, 'bin', program) : undefined
}

export const binary = <Name extends FamilyName>(built: Pick<Built, Name>, family: Name, name: string): string =>
  join(built[family], 'bin', name)
