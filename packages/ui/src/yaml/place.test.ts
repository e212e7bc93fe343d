import { describe, expect, it } from 'vitest'
import { placeAt } from './place.ts'

/** `|` marks the cursor. */
function place(marked: string) {
  const offset = marked.indexOf('|')
  return placeAt(marked.replace('|', ''), offset)
}

const rule = `apiVersion: networking.istio.io/v1
kind: VirtualService
spec:
  hosts:
  - reviews
  http:
  - match:
      - uri:
          prefix: /a
    route:
      - destination:
          host: reviews
`

describe('placeAt', () => {
  it('knows the top level', () => {
    expect(place('kind: A\n|')).toMatchObject({ parent: [], inValue: false, siblings: ['kind'] })
  })

  it('knows a field below others', () => {
    expect(place('spec:\n  hosts: []\n  ht|')).toMatchObject({ parent: ['spec'], siblings: ['hosts'] })
  })

  it('knows list items, indented or not', () => {
    expect(place(`${rule}          sub|`).parent).toEqual(['spec', 'http', 0, 'route', 0, 'destination'])
    expect(place(`${rule}        wei|`).parent).toEqual(['spec', 'http', 0, 'route', 0])
    expect(place(`${rule}    time|`).parent).toEqual(['spec', 'http', 0])
    expect(place(`${rule}  gate|`).parent).toEqual(['spec'])
  })

  it('counts the items before', () => {
    expect(place('spec:\n  http:\n  - name: a\n  - name: b\n    ti|').parent).toEqual(['spec', 'http', 1])
    expect(place('spec:\n  http:\n    - name: a\n      x: 1\n    - |').parent).toEqual(['spec', 'http', 1])
  })

  it('knows an empty line by where the cursor stands in it', () => {
    expect(place('spec:\n  http:\n    - name: a\n      |').parent).toEqual(['spec', 'http', 0])
    expect(place('spec:\n  http:\n    - name: a\n  |').parent).toEqual(['spec'])
  })

  it('tells the value from the field', () => {
    expect(place('spec:\n  mode: STR|')).toMatchObject({ field: 'mode', inValue: true, parent: ['spec'] })
    expect(place('spec:\n  mo|de: STRICT')).toMatchObject({ field: 'mode', inValue: false })
  })

  it('offers no field twice within the same item', () => {
    expect(place('http:\n- name: a\n  timeout: 1s\n- name: b\n  |').siblings).toEqual(['name'])
  })
})
