import { at, type Json } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import type { Said } from '../../validation/report.ts'
import { nearestWord } from '../../values/nearest.ts'
import { fix, type Subject } from '../finding.ts'
import { put, remove, replace } from '../operations.ts'
import type { Sentence } from './sentences.ts'
import { valueAt } from './spots.ts'
import { longEnough, spelledDuration, wholeMilliseconds } from './ways/durations.ts'
import * as entries from './ways/entries.ts'
import * as policies from './ways/policies.ts'
import * as routes from './ways/routes.ts'
import * as servers from './ways/servers.ts'
import * as texts from './ways/texts.ts'
import { type Mend, moved, parentOf, removed } from './ways/way.ts'

/** One thing that istiod says, and what it means. */
type Meant = { said: Said; sentence: Sentence | undefined }

/** Ways out of what istiod refuses or warns of, where one is evident. */
export function fixesOf(subject: Subject, { said, sentence }: Meant): Fix[] {
  const mend = sentence === undefined || !Object.hasOwn(MENDS, sentence.slug) ? undefined : MENDS[sentence.slug]
  if (mend === undefined) return []
  const { object } = subject
  const { pointer } = said
  const ways = mend({ object, pointer, value: valueAt(object, pointer), params: sentence?.params ?? {} })
  return ways.map((way) => fix(subject, way, way.operations))
}

const movedSetting =
  (to: string, shape: (value: Json) => Json): Mend =>
  ({ object, pointer, value }) => {
    const target = `${parentOf(pointer)}/${to}`
    if (value === undefined || valueAt(object, target) !== undefined) return []
    return [{ code: 'use-setting', params: { setting: to }, operations: [remove(pointer), put(target, shape(value))] }]
  }

const unknownKey: Mend = ({ object, pointer, params: { key = '' } }) => {
  const better = nearestWord(['metadata', 'spec', 'status'], key)
  if (better !== undefined && at(object, better) === undefined) {
    return [{ code: 'rename-key', params: { better }, operations: moved(object, pointer, step(better)) }]
  }
  return [{ code: 'remove-key', params: { key }, operations: [remove(pointer)] }]
}

const filterName: Mend = ({ object, pointer, params: { name = '', better = '' } }) => {
  const place = ['/name', '/subFilter/name'].find((each) => valueAt(object, pointer + each) === name)
  return place === undefined
    ? []
    : [{ code: 'use-name', params: { better }, operations: [replace(pointer + place, better)] }]
}

/** A provider asked for every request is harmless; whether everybody is to be denied, only the author knows. */
const askForAll: Mend = ({ pointer, params: { action = '' } }) =>
  action === 'CUSTOM' ? [{ code: 'match-everything', operations: [put(`${pointer}/rules`, [{}])] }] : []

const MENDS: Readonly<Record<string, Mend>> = {
  'weight-negative': routes.positiveWeight,
  'weights-zero': routes.shareEqually,
  'actions-exclusive': routes.oneAction,
  'hosts-overlap': routes.oneHost,
  'mesh-wildcard': routes.gatewaysOnly,
  'fault-empty': removed('remove-fault'),
  'retries-off': routes.retriesOff,
  'retry-condition-unknown': routes.nearestCondition,
  'sni-foreign': routes.knownSni,
  'prefix-empty': texts.emptyPrefix,
  'regex-invalid': texts.globAsRegex,
  'header-name-invalid': texts.cleanHeaderName,
  'duration-invalid': spelledDuration,
  'duration-short': longEnough,
  'duration-fine': wholeMilliseconds,
  'port-name-invalid': texts.cleanPortName,
  'port-name-missing': servers.portName,
  'port-name-twice': servers.portName,
  'port-twice': entries.samePort,
  'protocol-unknown': servers.nearestProtocol,
  'domain-invalid': texts.cleanHost,
  'wildcard-partial': texts.dottedWildcard,
  'address-invalid': texts.cleanHost,
  'endpoint-address-invalid': entries.endpointAddress,
  'label-value-invalid': texts.cleanLabelValue,
  'label-key-invalid': texts.cleanLabelKey,
  'subset-twice': policies.twin,
  'subset-name-invalid': texts.cleanSubsetName,
  'policy-empty': policies.emptyPolicy,
  'percentage-range': policies.percentage,
  'client-certificate-missing': policies.certificatesOfIstio,
  'server-tls-unused': servers.plainServer,
  'entry-endpoints-unused': entries.resolutionFor,
  'entry-unresolvable': entries.resolvable,
  'egress-host-form': entries.egressAnywhere,
  'egress-host-twice': removed('remove-entry'),
  'export-twice': removed('remove-entry'),
  'export-mixed': ({ pointer }) => [{ code: 'export-everywhere', operations: [replace(pointer, ['*'])] }],
  'port-levels-unselected': policies.sameLevels,
  'rules-missing': askForAll,
  'dry-run-unsupported': removed('remove-annotation'),
  'annotation-internal': removed('remove-annotation'),
  'key-unknown': unknownKey,
  'mirror-percent-deprecated': movedSetting('mirrorPercentage', (value) => ({ value })),
  'consecutive-errors-deprecated': movedSetting('consecutiveGatewayErrors', (value) => value),
  'ring-size-deprecated': movedSetting('ringHash', (value) => ({ minimumRingSize: value })),
  'gateway-name-legacy': ({ pointer, params: { better = '' } }) => [
    { code: 'use-name', params: { better }, operations: [replace(pointer, better)] },
  ],
  'failover-unnoticed': policies.noticed,
  'filter-name-deprecated': filterName,
  'selector-empty': entries.openSelector,
  'certificates-unused': servers.unusedCertificates,
  'redirect-unused': removed('remove-redirect'),
  'ciphers-unknown': servers.knownCiphers,
  'addresses-missing': entries.allocated,
  'tracing-several': entries.oneTracing,
  'unreachable-rule': routes.unreachable,
  'ineffective-match': routes.ineffective,
}
