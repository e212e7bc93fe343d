import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { isAllAmbient } from '../ambient/reach.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { isAllInMesh } from '../security/peer-scope.ts'
import { selectorOf } from '../security/policy-rules.ts'
import type { MeshWorld } from '../world.ts'
import { isPlainSomewhere } from './client-rules.ts'
import { acceptedAt, isWhole, modeOf, portModesOf } from './modes.ts'

const plain: Code = { code: 'peerauthentication.port-plain', severity: 'info', istio: 'accepts' }
const permissive: Code = { code: 'peerauthentication.port-permissive', severity: 'info', istio: 'accepts' }

/**
 * Single ports that plain text gets into where STRICT holds around them: of the policy itself, its namespace or the mesh
 * (istio pilot/pkg/security/authn/policy_applier.go, ComposePeerAuthentication).
 */
export const openPorts: Judge = {
  says: [plain, permissive],
  kinds: [kinds.peerAuthentication],
  judge(subject, world) {
    const { object, namespace } = subject
    const ports = portModesOf(object)
    if (ports.length === 0) return []
    // Without a selector it is refused.
    if (isWhole(object)) return []
    const labels = selectorOf(object)
    const around = acceptedAt(world, { namespace, labels })
    if (around.mode !== 'STRICT' || around.by === undefined) return []
    const { by } = around
    return ports.flatMap(({ port, mode }) => {
      if (mode === undefined || mode === 'STRICT' || isClosedByZtunnel(subject, world)) return []
      // One that an older policy decides is not open by this one.
      if (acceptedAt(world, { namespace, labels, port: Number(port) }).by !== object) return []
      const pointer = `/spec/portLevelMtls/${port}/mode`
      const params = { port, by: `${by.kind} ${by.metadata.name}` }
      const evidence = by === object ? [] : [refOf(subject.cluster, by)]
      const fixes = isNeeded(world) ? [] : closing(subject, pointer)
      return [found(subject, mode === 'DISABLE' ? plain : permissive, { pointer, params, evidence, fixes })]
    })
  },
}

/**
 * ztunnel keeps to the STRICT of a namespace or the mesh where a policy says nothing itself and no port is PERMISSIVE
 * (istio pilot/pkg/serviceregistry/ambient/authorization.go, convertedSelectorPeerAuthentications).
 */
function isClosedByZtunnel({ object, namespace }: Subject, world: MeshWorld): boolean {
  if (modeOf(object) !== undefined || portModesOf(object).some(({ mode }) => mode === 'PERMISSIVE')) return false
  return isAllAmbient(world, namespace, selectorOf(object))
}

/** By callers without a proxy, by clients that are told to send something else, or nobody knows. */
function isNeeded(world: MeshWorld): boolean {
  return !world.complete(kinds.pod) || !isAllInMesh(world) || isPlainSomewhere(world)
}

function closing(subject: Subject, pointer: string): Fix[] {
  return [fix(subject, { code: 'other-mode', params: { mode: 'STRICT' } }, [replace(pointer, 'STRICT')])]
}
