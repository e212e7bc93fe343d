import type { JsonRecord } from '@orbweaver/contracts/json'
import { fits } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'

/** A custom kind of a check's own, in a group of its own. */
export type CustomKind = {
  readonly group: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly scope: string
  readonly crd: JsonRecord
}

export type KindWish = {
  /** Properties of spec. */
  spec?: JsonRecord
  /** More of spec's schema: required, rules. */
  specSchema?: JsonRecord
  /** More of the version: subresources, additionalPrinterColumns, deprecation. */
  version?: JsonRecord
  shortNames?: string[]
  categories?: string[]
  scope?: 'Namespaced' | 'Cluster'
  /** All of versions, in place of the one. */
  versions?: JsonRecord[]
}

export const schemaOf = (spec: JsonRecord, more: JsonRecord = {}): JsonRecord => ({
  openAPIV3Schema: {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: spec, ...more },
      status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  },
})

/** Where a CRD has the schema of spec. */
export const specSchema = ['spec', 'versions', '*', 'schema', 'openAPIV3Schema', 'properties', 'spec'] as const

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

export function customKind({ namespace }: Pick<Scene, 'namespace'>, wish: KindWish): CustomKind {
  const group = `${namespace}.conformance.orbweaver.dev`
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' }
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: schemaOf(wish.spec ?? { size: { type: 'integer' } }, wish.specSchema),
    ...wish.version,
  }
  const lists = {
    ...(wish.shortNames === undefined ? {} : { shortNames: wish.shortNames }),
    ...(wish.categories === undefined ? {} : { categories: wish.categories }),
  }
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: wish.scope ?? 'Namespaced',
      names: { ...names, ...lists },
      versions: wish.versions ?? [version],
    },
  }
  return { group, plural: names.plural, singular: names.singular, kind: names.kind, scope: crd.spec.scope, crd }
}

export const crdPath = ({ plural, group }: CustomKind): string => `${path}/${plural}.${group}`

/** Creates the CRD and waits until objects of its kind can be asked for and made. */
export async function serve({ ask, eventually, namespace: own }: Scene, kind: CustomKind): Promise<void> {
  fits(await ask(path, { body: kind.crd }), { status: 201 })
  await eventually(() => ask(`/apis/${kind.group}/v1/${kind.plural}?limit=1`), { status: 200 })
  const namespace = kind.scope === 'Cluster' ? '' : `namespaces/${own}/`
  const probe = () =>
    ask(`/apis/${kind.group}/v1/${namespace}${kind.plural}?dryRun=All`, { body: widget(kind, 'probe') })
  await eventually(probe, { status: (status) => status === 201 || status === 422 })
}

export const createCrd = ({ ask }: Scene, kind: CustomKind) => ask(path, { body: kind.crd })

/** The path of the kind in the check's namespace, in version v1. */
export const objectsOf = ({ at }: Scene, { group, plural }: CustomKind, version = 'v1'): string =>
  at(`${group}/${version}/${plural}`)

export const widget = ({ group, kind }: CustomKind, name: string, spec: JsonRecord = {}): JsonRecord => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name },
  spec,
})

/** A served kind, and a way to create its objects. */
export async function served(
  scene: Scene,
  wish: KindWish,
): Promise<{ kind: CustomKind; create: (name: string, spec: JsonRecord) => Promise<Answer>; path: string }> {
  const kind = customKind(scene, wish)
  await serve(scene, kind)
  const path = objectsOf(scene, kind)
  return { kind, path, create: (name, spec) => scene.ask(path, { body: widget(kind, name, spec) }) }
}

export const twoVersions = (): JsonRecord[] => [
  { name: 'v1', served: true, storage: true, schema: schemaOf({ size: { type: 'integer' } }) },
  { name: 'v1beta1', served: true, storage: false, schema: schemaOf({ size: { type: 'integer' } }) },
]
