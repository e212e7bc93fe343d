import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type KubeconfigContext, parseKubeconfig, writeKubeconfig } from './kubeconfig.ts'

const pem = (name: string) => readFileSync(new URL(`../testdata/${name}.pem`, import.meta.url), 'utf8')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const server = 'https://10.0.0.1:6443'
const now = new Date('2026-11-01T10:00:00Z')

/** A kubeconfig of one context with these fields. */
function document(cluster: object = {}, user: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user }],
  }
}

function only(cluster: object = {}, user: object = {}, files?: (path: string) => string): KubeconfigContext {
  const text = JSON.stringify(document(cluster, user))
  const parsed = parseKubeconfig(text, files === undefined ? { now } : { files, now })
  const [context] = parsed.ok ? parsed.contexts : []
  if (context === undefined) throw new Error('no context')
  return context
}

const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'signature'].map((each) => Buffer.from(each).toString('base64url')).join('.')

describe('what is taken', () => {
  it('is YAML as kubectl writes it', () => {
    const text = [
      'apiVersion: v1',
      'kind: Config',
      'preferences: {}',
      'current-context: b',
      'clusters:',
      '- cluster:',
      `    certificate-authority-data: ${base64(pem('ca'))}`,
      `    server: ${server}`,
      '  name: one',
      'contexts:',
      '- context: {cluster: one, user: ann}',
      '  name: a',
      '- context: {cluster: one, user: bob, namespace: shop}',
      '  name: b',
      'users:',
      '- name: ann',
      '  user: {token: abc}',
      '- name: bob',
      '  user: {token: def}',
    ].join('\n')
    const place = { server, certificateAuthority: pem('ca') }
    expect(parseKubeconfig(text)).toEqual({
      ok: true,
      current: 'b',
      contexts: [
        { name: 'a', ok: true, connection: { ...place, token: 'abc' }, warnings: [] },
        { name: 'b', namespace: 'shop', ok: true, connection: { ...place, token: 'def' }, warnings: [] },
      ],
    })
  })

  it('is a client certificate with its key', () => {
    const user = { 'client-certificate-data': base64(pem('client')), 'client-key-data': base64(pem('client.key')) }
    expect(only({}, user)).toMatchObject({
      ok: true,
      connection: { clientCertificate: { certificate: pem('client'), key: pem('client.key') } },
      warnings: [],
    })
  })

  it('is a proxy and a server name', () => {
    const cluster = { 'proxy-url': 'http://proxy.test:3128', 'tls-server-name': 'api.internal.test' }
    const connection = { server, proxyUrl: 'http://proxy.test:3128', tlsServerName: 'api.internal.test', token: 'abc' }
    expect(only(cluster, { token: 'abc' })).toMatchObject({ ok: true, connection })
  })

  it.each([
    ['insecure', { 'insecure-skip-tls-verify': true }, { token: 'abc' }],
    ['plaintext', { server: 'http://127.0.0.1:8001' }, { token: 'abc' }],
    ['anonymous', {}, {}],
    ['expired', {}, { token: jwt({ exp: now.getTime() / 1000 }) }],
  ])('%s is taken, with a warning', (warning, cluster, user) => {
    expect(only(cluster, user)).toMatchObject({ ok: true, warnings: [warning] })
  })
})

describe('what is refused in a context', () => {
  const user = (key: string) => `users[0].user${key}`
  const cluster = (key: string) => `clusters[0].cluster${key}`
  it.each<[object, object, object]>([
    [{}, { tokenFile: '/var/run/token' }, { code: 'token_file', field: user('.tokenFile') }],
    [
      {},
      { 'client-certificate': 'a.pem', 'client-key': 'b.pem' },
      { code: 'file_reference', field: user('.client-certificate') },
    ],
    [{ 'certificate-authority': 'ca.pem' }, {}, { code: 'file_reference', field: cluster('.certificate-authority') }],
    [{}, { username: 'ann', password: 'x' }, { code: 'basic_auth', field: user('.username') }],
    [{}, { password: 'x' }, { code: 'basic_auth', field: user('.password') }],
    [{}, { token: 'abc', as: 'root' }, { code: 'impersonation', field: user('.as') }],
    [{}, { token: 'abc', 'as-groups': ['system:masters'] }, { code: 'impersonation', field: user('.as-groups') }],
    [{}, { token: 'a\nb' }, { code: 'bad_token', field: user('.token') }],
    [{}, { token: 42 }, { code: 'bad_value', field: user('.token') }],
    [{}, { 'client-key-data': base64(pem('client.key')) }, { code: 'key_mismatch', field: user('') }],
    [
      {},
      { 'client-certificate-data': base64(pem('client')), 'client-key-data': base64(pem('server.key')) },
      { code: 'key_mismatch', field: user('.client-key-data') },
    ],
    [
      {},
      { 'client-certificate-data': base64('nonsense'), 'client-key-data': base64(pem('server.key')) },
      { code: 'bad_certificate', field: user('.client-certificate-data') },
    ],
    [
      {},
      { 'client-certificate-data': base64(pem('client')), 'client-key-data': base64('nonsense') },
      { code: 'bad_key', field: user('.client-key-data') },
    ],
    [{}, { 'client-certificate-data': '%%%' }, { code: 'bad_value', field: user('.client-certificate-data') }],
    [{ server: undefined }, {}, { code: 'bad_server', field: cluster('.server') }],
    [{ server: '10.0.0.1:6443' }, {}, { code: 'bad_server', field: cluster('.server') }],
    [{ server: 'ftp://10.0.0.1' }, {}, { code: 'bad_server', field: cluster('.server') }],
    [{ server: 'https://ann:x@10.0.0.1' }, {}, { code: 'bad_server', field: cluster('.server') }],
    [{ server: 'https://10.0.0.1?x' }, {}, { code: 'bad_server', field: cluster('.server') }],
    [{ 'proxy-url': 'ftp://proxy' }, {}, { code: 'bad_proxy', field: cluster('.proxy-url') }],
    [{ 'proxy-url': 'proxy:3128' }, {}, { code: 'bad_proxy', field: cluster('.proxy-url') }],
    [{ 'tls-server-name': 'a b' }, {}, { code: 'bad_server_name', field: cluster('.tls-server-name') }],
    [
      { 'certificate-authority-data': base64('nonsense') },
      {},
      { code: 'bad_certificate', field: cluster('.certificate-authority-data') },
    ],
    [
      { 'insecure-skip-tls-verify': true, 'certificate-authority-data': base64(pem('ca')) },
      {},
      { code: 'insecure_with_authority', field: cluster('.insecure-skip-tls-verify') },
    ],
  ])('%j %j', (clusterFields, userFields, refusal) => {
    expect(only(clusterFields, userFields)).toMatchObject({ name: 'here', ok: false, refusal })
  })

  it.each([
    [{ command: 'aws', args: ['eks', 'get-token'] }, server, 'aws', 'eks'],
    [{ command: '/usr/local/bin/aws-iam-authenticator' }, server, 'aws-iam-authenticator', 'eks'],
    [{ command: 'gke-gcloud-auth-plugin' }, server, 'gke-gcloud-auth-plugin', 'gke'],
    [{ command: 'C:\\tools\\kubelogin.exe', args: ['get-token', '--server-id', 'x'] }, server, 'kubelogin', 'aks'],
    [{ command: 'kubelogin', args: ['get-token', '--oidc-issuer-url=x'] }, server, 'kubelogin', 'other'],
    [{ command: '/opt/login' }, 'https://x.gr7.eu-west-1.eks.amazonaws.com', 'login', 'eks'],
    [{ command: '/opt/login' }, 'https://x.hcp.westeurope.azmk8s.io:443', 'login', 'aks'],
    [{ command: '/opt/login' }, server, 'login', 'other'],
    [{}, server, '', 'other'],
  ] as const)('a command: %j at %s', (...row) => {
    const [exec, at, command, provider] = row
    expect(only({ server: at }, { exec })).toEqual({
      name: 'here',
      namespace: 'shop',
      ok: false,
      server: at,
      refusal: { code: 'exec', field: 'users[0].user.exec', command, provider },
    })
  })

  it.each([
    ['gcp', 'gke'],
    ['azure', 'aks'],
    ['oidc', 'other'],
  ])('the plugin %s', (name, provider) => {
    const refusal = { code: 'auth_provider', field: 'users[0].user.auth-provider', name, provider }
    expect(only({}, { 'auth-provider': { name, config: { secret: 'x' } } })).toMatchObject({ ok: false, refusal })
  })

  it('a cluster or user that is missing, and only that context', () => {
    const contexts = [
      { name: 'a', context: { cluster: 'c', user: 'nobody' } },
      { name: 'b', context: { cluster: 'nowhere', user: 'u' } },
      { name: 'c', context: { cluster: 'c', user: 'u' } },
    ]
    expect(parseKubeconfig(JSON.stringify({ ...document(), contexts }))).toMatchObject({
      ok: true,
      contexts: [
        { ok: false, refusal: { code: 'missing_user', field: 'contexts[0].context.user' } },
        { ok: false, refusal: { code: 'missing_cluster', field: 'contexts[1].context.cluster' } },
        { ok: true },
      ],
    })
  })

  it('tells no secret', () => {
    const secrets = {
      token: 'canary one',
      password: 'canary-two',
      exec: { command: 'aws', env: [{ value: 'canary-3' }] },
    }
    for (const [key, value] of Object.entries(secrets)) {
      const context = only({ server: 'https://10.0.0.1' }, { [key]: value })
      expect(context.ok).toBe(false)
      expect(JSON.stringify(context)).not.toContain('canary')
    }
  })
})

describe('what is refused as a whole', () => {
  it.each([
    ['{]', { code: 'malformed', line: 1, column: 2 }],
    ['hello', { code: 'not_a_kubeconfig', field: '' }],
    ['[]', { code: 'not_a_kubeconfig', field: '' }],
    ['{"kind":"Secret","contexts":[{}]}', { code: 'not_a_kubeconfig', field: '' }],
    ['kind: Config', { code: 'not_a_kubeconfig', field: '' }],
    ['clusters: []', { code: 'no_contexts', field: 'contexts' }],
    ['['.repeat(1_000), { code: 'too_complex', field: '' }],
    ['x'.repeat(1024 * 1024 + 1), { code: 'too_large', bytes: 1024 * 1024 + 1, most: 1024 * 1024 }],
    [`contexts: [${'{}, '.repeat(1_001)}]`, { code: 'too_many_contexts', field: 'contexts' }],
  ])('%.40s', (text, refusal) => {
    expect(parseKubeconfig(text)).toEqual({ ok: false, refusal })
  })
})

describe('files of the console’s own kubeconfig', () => {
  const files = (path: string) => {
    const found = { 'ca.pem': pem('ca'), 'client.pem': pem('client'), 'client.key': pem('client.key'), token: ' abc\n' }
    return Object.entries(found).find(([name]) => name === path)?.[1] ?? expect.fail(`no file ${path}`)
  }

  it('are read by their owner', () => {
    const cluster = { 'certificate-authority': 'ca.pem' }
    const pair = { 'client-certificate': 'client.pem', 'client-key': 'client.key' }
    expect(only(cluster, { ...pair, tokenFile: 'token', token: 'old' }, files)).toMatchObject({
      ok: true,
      connection: {
        certificateAuthority: pem('ca'),
        clientCertificate: { certificate: pem('client'), key: pem('client.key') },
        token: 'abc',
      },
    })
  })

  it('are not asked for when the data is there', () => {
    const cluster = { 'certificate-authority': 'missing', 'certificate-authority-data': base64(pem('ca')) }
    expect(only(cluster, { token: 'abc' }, files)).toMatchObject({ ok: true })
  })

  it('that cannot be read refuse the context', () => {
    const refusal = { code: 'file_unreadable', field: 'users[0].user.tokenFile' }
    expect(only({}, { tokenFile: 'missing' }, files)).toMatchObject({ ok: false, refusal })
  })
})

it('is written as it is read', () => {
  const contexts = [
    { name: 'alpha', namespace: 'shop', connection: { server, certificateAuthority: pem('ca'), token: 'abc' } },
    {
      name: 'beta: "quoted"',
      connection: {
        server: 'https://[::1]:6443/prefix',
        insecure: true,
        proxyUrl: 'http://ann:x@proxy.test',
        tlsServerName: 'api.test',
        clientCertificate: { certificate: pem('client'), key: pem('client.key') },
      },
    },
  ]
  const parsed = parseKubeconfig(writeKubeconfig(contexts))
  expect(parsed).toMatchObject({ ok: true, current: 'alpha', contexts })
})
