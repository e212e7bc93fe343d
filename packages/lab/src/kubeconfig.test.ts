import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { kubeconfig } from './kubeconfig.ts'

const context = (name: string) => ({ name, server: `https://${name}`, ca: 'PEM', user: 'console', token: 't"1: #' })

describe('kubeconfig', () => {
  const written: unknown = parse(kubeconfig([context('hub'), context('member-1')]))

  it('starts with the hub', () => {
    expect(textAt(written, 'current-context')).toBe('hub')
    expect(listAt(written, 'contexts').map((item) => textAt(item, 'name'))).toEqual(['hub', 'member-1'])
  })

  it('keeps everything inline and the tokens as they are', () => {
    const [cluster] = listAt(written, 'clusters')
    expect(textAt(cluster, 'cluster', 'certificate-authority-data')).toBe('UEVN')
    const [user] = listAt(written, 'users')
    expect(textAt(user, 'name')).toBe('console@hub')
    expect(textAt(user, 'user', 'token')).toBe('t"1: #')
  })
})
