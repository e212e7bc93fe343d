import { at, flagAt, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'

const systemCa: Code = {
  code: 'destinationrule.system-ca',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0128'],
}
const portSystemCa: Code = { ...systemCa, code: 'destinationrule.port-system-ca', aliases: ['IST0129'] }
const unverified: Code = {
  code: 'destinationrule.server-unverified',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0128'],
}
const portUnverified: Code = { ...unverified, code: 'destinationrule.port-server-unverified', aliases: ['IST0129'] }

/**
 * TLS without a CA of its own: Istio verifies the server by the CAs of the proxy's image, or not at all where
 * `insecureSkipVerify` says so (istio pilot/pkg/networking/core/cluster_tls.go, constructUpstreamTLS). A CA that comes
 * with a credential is known to istioctl only where the rule selects its workloads.
 */
export const noCa: Judge = {
  says: [systemCa, portSystemCa, unverified, portUnverified],
  kinds: [kinds.destinationRule],
  judge(subject) {
    const policy = at(subject.object, 'spec', 'trafficPolicy')
    const ports = listAt(policy, 'portLevelSettings').flatMap((each, index) =>
      judgeTls(subject, at(each, 'tls'), {
        pointer: `/spec/trafficPolicy/portLevelSettings/${index}/tls`,
        codes: [portSystemCa, portUnverified],
        params: { port: numberAt(each, 'port', 'number') ?? 0 },
      }),
    )
    const whole = { pointer: '/spec/trafficPolicy/tls', codes: [systemCa, unverified] as const, params: {} }
    return [...judgeTls(subject, at(policy, 'tls'), whole), ...ports]
  },
}

type At = { pointer: string; codes: readonly [Code, Code]; params: Finding['params'] }

function judgeTls(subject: Subject, tls: Json | undefined, { pointer, codes, params }: At): Finding[] {
  const { object } = subject
  const mode = textAt(tls, 'mode') ?? ''
  const selects = at(object, 'spec', 'workloadSelector') !== undefined
  const hasCa = says(tls, 'caCertificates') || (says(tls, 'credentialName') && selects)
  if (!['SIMPLE', 'MUTUAL'].includes(mode) || hasCa) return []
  const skips = flagAt(tls, 'insecureSkipVerify') === true
  const said = { ...params, mode, host: textAt(object, 'spec', 'host') ?? '' }
  const operations = [
    ...(skips ? [remove(`${pointer}/insecureSkipVerify`)] : []),
    put(`${pointer}/caCertificates`, systemCas),
  ]
  const way = fix(subject, { code: 'name-ca', params: { path: systemCas } }, operations)
  return [found(subject, skips ? codes[1] : codes[0], { pointer, params: said, fixes: [way] })]
}

/** Where the CAs of the proxy's image are. */
const systemCas = '/etc/ssl/certs/ca-certificates.crt'

function says(tls: Json | undefined, field: string): boolean {
  return (textAt(tls, field) ?? '') !== ''
}
