import { spawn } from 'node:child_process'
import { at, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { stringify } from 'yaml'
import { binary, type Built } from './build.ts'
import { partEnvironment } from './env.ts'
import { LabError } from './lab-error.ts'
import { objectsOf } from './manifests.ts'
import { linesOf, tail } from './lines.ts'

/** Whose istioctl renders. */
type Renderer = Pick<Built, 'istio'>

/** What a Sail IstioRevision says. Every version is rendered with the one Istio that the lab has: only image tags differ. */
export type Revision = {
  readonly name: string
  readonly namespace: string
  readonly version: string
  readonly profile?: string
  readonly values?: unknown
}

/** What a Sail IstioRevisionTag says, with the revision it leads to. */
export type RevisionTag = { readonly tag: string; readonly revision: Revision }

type Chart = 'istiod' | 'base' | 'cni' | 'ztunnel'

/** The revision named `default` has no suffix anywhere: its charts' revision is empty. */
const revisionValue = (name: string): string => (name === 'default' ? '' : name)

const componentsOf = (charts: readonly Chart[]) => ({
  base: { enabled: charts.includes('base') },
  pilot: { enabled: charts.includes('istiod') },
  cni: { enabled: charts.includes('cni') },
  ztunnel: { enabled: charts.includes('ztunnel') },
})

export const installation = (revision: Revision, charts: readonly Chart[], own: object): string => {
  const given = recordAt(revision.values)
  const global = recordAt(given, 'global')
  const { name, namespace, profile } = revision
  const values = {
    ...given,
    ...own,
    // Profiles are values of the charts; istioctl's own profiles would add gateways.
    ...(profile !== undefined && !['default', 'empty'].includes(profile) && { profile }),
    revision: revisionValue(name),
    global: {
      ...global,
      istioNamespace: at(global, 'istioNamespace') ?? namespace,
      hub: at(global, 'hub') ?? 'registry.istio.io/release',
      tag: at(global, 'tag') ?? revision.version.replace(/^v/, ''),
    },
  }
  const spec = { profile: 'empty', namespace, revision: revisionValue(name), components: componentsOf(charts), values }
  return stringify({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec })
}

const generateDeadlineMs = 30_000

/** What istioctl makes of an installation, and what it had to say about it. Rejects with what it refused. */
export const generate = (built: Renderer, input: string): Promise<{ manifest: string; said: readonly string[] }> =>
  new Promise((done, fail) => {
    const child = spawn(binary(built, 'istio', 'istioctl'), ['manifest', 'generate', '-f', '-'], {
      env: partEnvironment(),
      timeout: generateDeadlineMs,
    })
    const output: Buffer[] = []
    const complaints: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
    child.on('error', (error) => fail(new LabError('istioctl manifest generate', [error.message])))
    child.on('close', (code) => {
      const said = linesOf(Buffer.concat(complaints).toString())
      if (code === 0) done({ manifest: Buffer.concat(output).toString(), said })
      else fail(new LabError('istioctl manifest generate', tail(said, 20)))
    })
    child.stdin.on('error', () => undefined) // it ended before it read: what it said on stderr is the reason
    child.stdin.end(input)
  })

/** CRDs of Istio come with the operator, never with a revision: Sail renders its charts with SkipCRDs as well. */
const rendered = async (built: Renderer, input: string): Promise<KubernetesObject[]> =>
  objectsOf((await generate(built, input)).manifest).filter(({ kind }) => kind !== 'CustomResourceDefinition')

/** Everything that a revision installs: chart `istiod`, and chart `base` for the one named `default`. */
export const render = async (built: Renderer, revision: Revision): Promise<KubernetesObject[]> => {
  const charts: readonly Chart[] = revision.name === 'default' ? ['base', 'istiod'] : ['istiod']
  const own = revision.name === 'default' ? { defaultRevision: 'default' } : {}
  return await rendered(built, installation(revision, charts, own))
}

/** What the charts of the node agents install: they have no revisions. */
export const renderAgent = (built: Renderer, chart: 'cni' | 'ztunnel', wanted: Revision): Promise<KubernetesObject[]> =>
  rendered(built, installation(wanted, [chart], {}))

const isOfTag = (object: KubernetesObject, tag: string): boolean => object.metadata.labels?.['istio.io/tag'] === tag

/** Everything that a tag installs: its webhook and Service, and for `default` the chart `base` with its validator. */
export const renderTag = async (built: Renderer, { tag, revision }: RevisionTag): Promise<KubernetesObject[]> => {
  const own = { revisionTags: [tag] }
  const tagged = (await rendered(built, installation(revision, ['istiod'], own))).filter((each) => isOfTag(each, tag))
  if (tag !== 'default') return tagged
  const base = { defaultRevision: revision.name }
  return [...tagged, ...(await rendered(built, installation(revision, ['base'], base)))]
}
