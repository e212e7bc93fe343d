import { expect, it } from 'vitest'
import { fieldAt, fieldSteps } from './field-path.ts'

it.each([
  ['/spec/http/0/route/1/weight', 'spec.http[0].route[1].weight'],
  ['/metadata/labels/istio-injection', 'metadata.labels.istio-injection'],
  ['/metadata/labels/istio.io~1rev', 'metadata.labels[istio.io/rev]'],
  ['/spec/portLevelMtls/8080/mode', 'spec.portLevelMtls[8080].mode'],
  ['', ''],
])('%s is the field %s', (pointer, field) => {
  expect(fieldAt(pointer)).toBe(field)
})

it('may be broken before each part', () => {
  expect(fieldSteps('/spec/http/0')).toEqual(['spec', '.http', '[0]'])
})
