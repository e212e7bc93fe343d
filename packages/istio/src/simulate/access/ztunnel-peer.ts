import { type Mode, ownMode, type PeerPolicies, portModes } from './peer-mode.ts'

/**
 * Whether ztunnel refuses plain text to a port. It knows no PeerAuthentication: istiod tells it policies that deny, one
 * for whatever is STRICT as a whole, one made of a workload's ports (istio
 * pilot/pkg/serviceregistry/ambient/authorization.go, 1.31). Where the two ways of istiod differ from what sidecars do,
 * this does too.
 */
export function ztunnelRefusesPlaintext(policies: PeerPolicies, port: number): boolean {
  const { strict, byPort } = attachedOf(policies)
  return strict || (byPort && portsRefuse(policies, port))
}

type Attached = { strict: boolean; byPort: boolean }

/** Which of the two policies a workload gets (convertedSelectorPeerAuthentications). */
function attachedOf(policies: PeerPolicies): Attached {
  const own = ownMode(policies.workload)
  const strict = (own ?? ownMode(policies.namespace) ?? ownMode(policies.mesh)) === 'STRICT'
  const ports = portModes(policies.workload).map(([, mode]) => mode)
  // Under a STRICT namespace or mesh only a PERMISSIVE port counts as let off, a disabled one does not.
  const letOff = ports.some((each) => each === 'PERMISSIVE' || (own === 'STRICT' && each === 'DISABLE'))
  if (strict) return letOff ? { strict: false, byPort: true } : { strict: true, byPort: false }
  return { strict: false, byPort: ports.includes('STRICT') }
}

/** The policy made of a workload's ports, against a connection without a certificate (convertPeerAuthentication). */
function portsRefuse(policies: PeerPolicies, port: number): boolean {
  const ports = portModes(policies.workload)
  const strictPorts = ports.filter(([, mode]) => mode === 'STRICT' && !isCovered(policies))
  if (strictPorts.some(([each]) => each === port)) return true
  const letOff = ports.filter(([, mode]) => mode !== 'STRICT' && isException(policies))
  return letOff.length > 0 && letOff.every(([each]) => each !== port)
}

/** A STRICT port needs no rule where what is above it is STRICT; the mesh's word is taken even before the workload's own. */
function isCovered({ workload, namespace, mesh }: PeerPolicies): boolean {
  const own = ownMode(workload)
  if (own === 'STRICT') return true
  if (own === undefined && ownMode(namespace) === 'STRICT') return true
  return ownMode(namespace) === undefined && ownMode(mesh) === 'STRICT'
}

/** A port that is let off is an exception only where the next that is there above it is STRICT. */
function isException({ workload, namespace, mesh }: PeerPolicies): boolean {
  const own = ownMode(workload)
  if (own !== undefined) return own === 'STRICT'
  const above: Mode | undefined = ownMode(namespace ?? mesh)
  return above === 'STRICT'
}
