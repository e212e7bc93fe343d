import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Built } from '../../build.ts'
import { render, renderTag, type Revision } from '../../render.ts'

/** What the charts make of one choice of revisions and tags, as far as it decides about sidecars. */
export type Installation = { readonly name: string; readonly objects: readonly KubernetesObject[] }

const everywhere = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } }

const revision = (name: string, values: object = {}): Revision => ({
  name,
  namespace: 'istio-system',
  version: 'v1.32.0',
  values,
})

const [plain, plainEverywhere] = [revision('default'), revision('default', everywhere)]
const [canary, canaryEverywhere, stable] = [revision('canary'), revision('canary', everywhere), revision('stable')]

type Choice = {
  readonly name: string
  readonly revisions: readonly Revision[]
  readonly tags?: readonly { readonly tag: string; readonly revision: Revision }[]
}

const choices: readonly Choice[] = [
  { name: 'default', revisions: [plain] },
  { name: 'default everywhere', revisions: [plainEverywhere] },
  { name: 'canary', revisions: [canary] },
  { name: 'default and canary', revisions: [plain, canary], tags: [{ tag: 'prod', revision: canary }] },
  { name: 'canary by default', revisions: [canary], tags: [{ tag: 'default', revision: canary }] },
  {
    name: 'canary by default everywhere',
    revisions: [canaryEverywhere],
    tags: [{ tag: 'default', revision: canaryEverywhere }],
  },
  {
    name: 'two revisions by tags',
    revisions: [stable, canary],
    tags: [
      { tag: 'prod', revision: stable },
      { tag: 'default', revision: canary },
    ],
  },
  { name: 'two defaults', revisions: [plain, canary], tags: [{ tag: 'default', revision: canary }] },
  {
    name: 'two defaults everywhere',
    revisions: [plainEverywhere, canaryEverywhere],
    tags: [
      { tag: 'default', revision: canaryEverywhere },
      { tag: 'prod', revision: canaryEverywhere },
    ],
  },
]

const decides = ({ kind, metadata: { name } }: KubernetesObject): boolean =>
  kind === 'MutatingWebhookConfiguration' ||
  (kind === 'Service' && name.startsWith('istiod')) ||
  (kind === 'ConfigMap' && name.startsWith('istio-sidecar-injector'))

/** Every choice, as istioctl renders Istio's own charts. */
export async function installations(built: Pick<Built, 'istio'>): Promise<readonly Installation[]> {
  const rendered = new Map<string, Promise<readonly KubernetesObject[]>>()
  const once = (key: unknown, make: () => Promise<readonly KubernetesObject[]>) => {
    const name = JSON.stringify(key)
    const found = rendered.get(name) ?? make()
    rendered.set(name, found)
    return found
  }
  const made: Installation[] = []
  for (const { name, revisions, tags = [] } of choices) {
    const objects: KubernetesObject[] = []
    for (const each of revisions) objects.push(...(await once(each, () => render(built, each))))
    for (const each of tags) objects.push(...(await once(each, () => renderTag(built, each))))
    made.push({ name, objects: objects.filter(decides) })
  }
  return made
}
