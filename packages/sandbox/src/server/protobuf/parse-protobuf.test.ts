import { expect, it } from 'vitest'
import { parseProtobuf } from './parse-protobuf.ts'
import { bytesField, numberField, ProtobufError } from './wire.ts'

const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields)

function sent(apiVersion: string, kind: string, body: Buffer): Buffer {
  const type = message(bytesField(1, apiVersion), bytesField(2, kind))
  return message(Buffer.from('k8s\0'), bytesField(1, type), bytesField(2, body))
}

/** As Go writes ObjectMeta: what is not set is written as zero. */
const named = (name: string): Buffer =>
  message(bytesField(1, name), bytesField(2, ''), bytesField(3, ''), numberField(7, 0), bytesField(8, ''))

const entry = (key: string, value: string | Buffer): Buffer => message(bytesField(1, key), bytesField(2, value))

it('reads maps, bytes and texts, and leaves out what is zero', () => {
  const body = message(bytesField(1, named('a')), bytesField(2, entry('key', 'value')), bytesField(3, 'Opaque'))
  expect(parseProtobuf(sent('v1', 'Secret', body))).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a' },
    data: { key: 'dmFsdWU=' },
    type: 'Opaque',
  })
})

it('keeps a zero that is a value, and reads embedded fields as the own ones', () => {
  const container = message(bytesField(1, 'main'), bytesField(2, 'app:1'), bytesField(8, entryOfLimits()))
  const volume = message(bytesField(1, 'files'), bytesField(2, bytesField(2, numberless())))
  const template = bytesField(2, message(bytesField(1, volume), bytesField(2, container), bytesField(3, '')))
  const body = message(bytesField(1, named('a')), bytesField(2, message(numberField(1, 0), bytesField(3, template))))
  expect(parseProtobuf(sent('apps/v1', 'Deployment', body))).toMatchObject({
    spec: {
      replicas: 0,
      template: {
        spec: {
          volumes: [{ name: 'files', emptyDir: {} }],
          containers: [{ name: 'main', image: 'app:1', resources: { limits: { cpu: '200m' } } }],
        },
      },
    },
  })
})

function entryOfLimits(): Buffer {
  return bytesField(1, entry('cpu', bytesField(1, '200m')))
}

/** An emptyDir of which nothing is said but its medium, which is the default one. */
function numberless(): Buffer {
  return bytesField(1, '')
}

it('reads ports by number and by name, and times', () => {
  const byName = message(numberField(1, 1), numberField(2, 0), bytesField(3, 'http'))
  const byNumber = message(numberField(1, 0), numberField(2, 8080), bytesField(3, ''))
  const port = (number: number, target: Buffer): Buffer => message(numberField(3, number), bytesField(4, target))
  const spec = message(bytesField(1, port(80, byName)), bytesField(1, port(81, byNumber)))
  const meta = message(bytesField(1, 'web'), bytesField(8, message(numberField(1, 1_700_000_000), numberField(2, 0))))
  expect(parseProtobuf(sent('v1', 'Service', message(bytesField(1, meta), bytesField(2, spec))))).toMatchObject({
    metadata: { creationTimestamp: '2023-11-14T22:13:20Z' },
    spec: {
      ports: [
        { port: 80, targetPort: 'http' },
        { port: 81, targetPort: 8080 },
      ],
    },
  })
})

it('reads the options of deletes of every group, and the lists in a map', () => {
  expect(parseProtobuf(sent('apps/v1', 'DeleteOptions', message(numberField(1, 0), bytesField(4, 'Orphan'))))).toEqual({
    apiVersion: 'apps/v1',
    kind: 'DeleteOptions',
    gracePeriodSeconds: 0,
    propagationPolicy: 'Orphan',
  })
  const extra = bytesField(5, entry('scopes', message(bytesField(1, 'a'), bytesField(1, 'b'))))
  const review = sent('authorization.k8s.io/v1', 'SubjectAccessReview', bytesField(2, extra))
  expect(parseProtobuf(review)).toMatchObject({ spec: { extra: { scopes: ['a', 'b'] } } })
})

it('says what it cannot read', () => {
  expect(parseProtobuf(sent('example.com/v1', 'Kite', Buffer.of()))).toBeUndefined()
  expect(() => parseProtobuf(Buffer.from('{}'))).toThrow(
    new ProtobufError('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]'),
  )
  expect(() => parseProtobuf(sent('v1', 'Secret', Buffer.of(0x0a, 0x09)))).toThrow(new ProtobufError('unexpected EOF'))
})
