import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { deployments, mutatingWebhookConfigurations, statefulSets } from '@orbweaver/kube/resources'
import { gatewayApiCrds, istioCrds } from '@orbweaver/schemas/istio'
import { sailCrds } from '@orbweaver/schemas/sail'
import type { Caches } from '../actors/caches.ts'
import type { ApiServer } from '../server/api-server.ts'
import type { Persona, WorldCluster } from '../worlds/world.ts'
import { operatorVersions, withVersions } from './operator-versions.ts'
import { deployed } from './repository-files.ts'

type Kinds = Pick<WorldCluster, 'istioKinds' | 'operator'>

/** What lies in a cluster before its world: custom kinds, and the console's account with the shipped roles. */
export function seedGround(server: ApiServer, world: Kinds, role: 'hub' | 'member'): void {
  const files =
    role === 'hub'
      ? [
          'crds/fleetclusters.yaml',
          'crds/meshes.yaml',
          'crds/changes.yaml',
          'rbac/hub.yaml',
          'rbac/change-guard.yaml',
          'rbac/mesh-guard.yaml',
          'rbac/secret-guard.yaml',
        ]
      : ['rbac/member.yaml', 'rbac/mesh-builder-guard.yaml', 'rbac/secret-guard.yaml']
  const people = ['rbac/personas.yaml', 'rbac/cleaner.yaml', 'rbac/tls-secrets.yaml', 'rbac/certificates.yaml']
  const own = deployed(...files, 'rbac/member-token.yaml', ...people)
  for (const object of [...kindsOf(world), ...own]) server.store.put(object, 'kubectl')
}

function kindsOf({ istioKinds, operator }: Kinds): KubernetesObject[] {
  const istio = istioKinds ? [...istioCrds, ...gatewayApiCrds] : []
  if (operator === undefined) return istio
  const versions = operatorVersions(operator.newestMinor)
  return [...istio, ...sailCrds.map((crd) => withVersions(crd, versions))]
}

/** Role bindings of the people of a world in one cluster. */
export function seedBindings(server: ApiServer, personas: Persona[]): void {
  for (const persona of personas) {
    for (const { role, cluster, namespace } of persona.binds) {
      if (cluster === server.name) server.store.put(binding(persona.user, role, namespace), 'kubectl')
    }
  }
}

function binding(user: string, role: string, namespace: string | undefined): KubernetesObject {
  const apiGroup = 'rbac.authorization.k8s.io'
  const name = `${role}-${user}`
  const body = {
    apiVersion: `${apiGroup}/v1`,
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'User', apiGroup, name: user }],
  }
  if (namespace === undefined) return { ...body, kind: 'ClusterRoleBinding', metadata: { name } }
  return { ...body, kind: 'RoleBinding', metadata: { name, namespace } }
}

/** A stage takes a second; a machine that does ten other things may take many. */
const STAGE_MS = 60_000

/** Puts a stage of a world in. */
export async function seedStage(server: ApiServer, stage: KubernetesObject[]): Promise<void> {
  for (const object of stage) server.store.put(object, 'kubectl')
  await server.settled()
}

/** What comes next needs what this stage brought: throws when it does not come to rest in time. */
export async function stageRests(server: ApiServer, caches: Caches, stage: KubernetesObject[]): Promise<void> {
  if (!(await restsWithin(caches, stage, STAGE_MS))) throw new Error(`${server.name}: a stage did not come to rest`)
}

const WORKLOADS = [deployments, statefulSets]

/** Workloads are available, and injection webhooks can be called; images that cannot be pulled are not waited for. */
async function restsWithin(caches: Caches, stage: KubernetesObject[], ms: number): Promise<boolean> {
  const until = Date.now() + ms
  const left = (): number => Math.max(1, until - Date.now())
  for (const resource of WORKLOADS) {
    const cache = caches.of(resource)
    const wanted = stage.filter((each) => each.kind === resource.kind && !isUnpullable(each))
    const available = ({ metadata }: KubernetesObject): boolean => {
      const live = cache.get(metadata.namespace ?? '', metadata.name)
      return (numberAt(live, 'status', 'availableReplicas') ?? 0) >= (numberAt(live, 'spec', 'replicas') ?? 1)
    }
    if (!(await cache.until(() => wanted.every(available), left()))) return false
  }
  const hooks = caches.of(mutatingWebhookConfigurations)
  const webhooks = stage.filter((each) => each.kind === 'MutatingWebhookConfiguration')
  const callable = ({ metadata }: KubernetesObject): boolean =>
    listAt(hooks.get('', metadata.name), 'webhooks').every(
      (each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== '',
    )
  return hooks.until(() => webhooks.every(callable), left())
}

function isUnpullable(deployment: KubernetesObject): boolean {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  return containers.some((each) => (textAt(each, 'image') ?? '').includes('registry.invalid'))
}

/** Resolves when a world's workloads are up, with false after so many milliseconds. */
export function worldRests(caches: Caches, world: WorldCluster, ms: number): Promise<boolean> {
  return restsWithin(caches, world.stages.flat(), ms)
}
