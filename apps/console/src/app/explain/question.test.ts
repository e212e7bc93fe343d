import { expect, it } from 'vitest'
import { nameOf, questionAt } from './question.ts'

const web = 'east%2FDeployment.v1.apps%2Fshop%2Fweb'
const request = `/meshes/prod/explain?from=${web}&host=reviews&port=9080&method=PUT&path=%2Fa`
const call = `/meshes/prod/explain/call?from=${web}&to=${web}&port=80`

it('is read out of an address, wherever the console is', () => {
  for (const before of ['', 'https://mesh.example.com', '  http://127.0.0.1:8080']) {
    const found = questionAt(before + request)
    expect(found).toMatchObject({
      of: 'request',
      mesh: 'prod',
      address: request,
      request: { host: 'reviews', port: 9080 },
    })
    expect(found && nameOf(found)).toEqual({ from: 'shop/web', to: 'PUT http://reviews:9080/a' })
  }
  const asked = questionAt(`${call}#there`)
  expect(asked).toMatchObject({ of: 'call', address: call })
  expect(asked && nameOf(asked)).toEqual({ from: 'shop/web', to: 'shop/web:80' })
  const other = questionAt(`/meshes/prod/explain/call?principal=x&to=${web}&port=80&method=GET&path=%2F`)
  expect(other && nameOf(other)).toEqual({ from: 'x', to: 'GET shop/web:80/' })
  const raw = questionAt(`/meshes/prod/explain?from=${web}&host=db&port=5432&protocol=tcp`)
  expect(raw && nameOf(raw).to).toBe('tcp://db:5432')
})

it.each([
  '',
  'hello',
  '/meshes/prod/explain',
  '/meshes/prod/explain/injection?of=a',
  '/meshes/prod/explain/call?port=80',
])('is none in %s', (text) => {
  expect(questionAt(text)).toBeUndefined()
})
