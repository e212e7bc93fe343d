import type { StepId } from '@orbweaver/istio/start/learning-path'
import { stepIds } from '@orbweaver/istio/start/learning-path'
import { paths } from '../../../paths.ts'

/** What the steps lead into: the chosen mesh, and a managed one, which alone can be joined. */
export type Target = { mesh: string | undefined; managed: string | undefined }

/** Where each step is done. Inside a mesh while there is none: where one is made. */
const places: Record<StepId, (target: Target) => string | undefined> = {
  'create-managed': () => paths.meshCreate('Managed'),
  'create-dedicated': () => paths.meshCreate('Dedicated'),
  'create-external': () => paths.meshCreate('External'),
  'join-cluster': ({ managed }) => (managed === undefined ? paths.meshCreate('Managed') : paths.meshClusters(managed)),
  'inject-global': inside((mesh) => paths.meshSettings(mesh)),
  'inject-namespace': inside((mesh) => paths.sidecars(mesh, { tab: 'namespaces' })),
  'inject-workload': inside((mesh) => paths.sidecars(mesh, { tab: 'workloads' })),
  gateways: inside((mesh) => paths.traffic(mesh, { kinds: 'Gateway' })),
  traffic: inside((mesh) => paths.traffic(mesh)),
  security: inside((mesh) => paths.security(mesh)),
  services: () => undefined,
  monitoring: inside((mesh) => paths.metrics(mesh)),
  upgrade: () => undefined,
}

function inside(place: (mesh: string) => string): (target: Target) => string {
  return ({ mesh }) => (mesh === undefined ? paths.meshCreate() : place(mesh))
}

export function placeOf(id: string, target: Target): string | undefined {
  const step = stepIds.find((each) => each === id)
  return step === undefined ? undefined : places[step](target)
}
