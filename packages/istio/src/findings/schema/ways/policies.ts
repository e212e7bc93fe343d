import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { put, remove, replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { changed, type Mend, parentOf, removedWhole } from './way.ts'

/** Traffic policies of a DestinationRule. */

/** What says nothing goes, with what then says nothing around it. */
export const emptyPolicy: Mend = ({ object, pointer }) => [
  { code: 'remove-empty', operations: [removedWhole(object, pointer, '/spec')] },
]

export const percentage: Mend = (spot) =>
  typeof spot.value === 'number' ? changed('use-value', spot, Math.min(100, Math.max(0, spot.value))) : []

const CERTIFICATES = [
  'clientCertificate',
  'privateKey',
  'caCertificates',
  'caCrl',
  'subjectAltNames',
  'sni',
  'credentialName',
]

/** In the mesh every proxy has certificates of Istio's; whoever names none of their own means those. */
export const certificatesOfIstio: Mend = ({ object, pointer, value }) => {
  const host = textAt(object, 'spec', 'host') ?? ''
  const isInside = host.endsWith('.svc.cluster.local') || (host !== '' && !host.includes('.') && !host.includes('*'))
  const isBare = isRecord(value) && CERTIFICATES.every((field) => value[field] === undefined)
  return isInside && isBare ? [{ code: 'istio-mutual', operations: [replace(`${pointer}/mode`, 'ISTIO_MUTUAL')] }] : []
}

/** Envoy's defaults: five errors in a row put an endpoint out for 30 s. */
export const noticed: Mend = ({ object, pointer }) => {
  const policy = parentOf(parentOf(pointer))
  return valueAt(object, policy) === undefined
    ? []
    : [{ code: 'detect', operations: [put(`${policy}/outlierDetection`, {})] }]
}

/** Modes that are the same for ports as for all else need no ports. */
export const sameLevels: Mend = ({ object, pointer, value }) => {
  const mode = textAt(object, 'spec', 'mtls', 'mode') ?? 'UNSET'
  const levels = isRecord(value) ? Object.values(value) : []
  const isSame = levels.every((each) => ['UNSET', mode].includes(textAt(each, 'mode') ?? 'UNSET'))
  return isSame && levels.length > 0 ? [{ code: 'same-everywhere', operations: [remove(pointer)] }] : []
}

/** Only where the twin says the same; else one of them means something that we do not know. */
export const twin: Mend = ({ object, pointer, params: { name = '' } }) => {
  const place = parentOf(pointer)
  const subset = JSON.stringify(valueAt(object, place))
  const first = listAt(object, ...parentOf(place).split('/').slice(1)).find((each) => textAt(each, 'name') === name)
  return JSON.stringify(first) === subset
    ? [{ code: 'remove-subset', params: { name }, operations: [remove(place)] }]
    : []
}
