import type { Authority, Certificate, RootChange } from '@orbweaver/contracts/certificates'
import type { Intent } from '@orbweaver/contracts/intent'
import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PlanContext } from '../../../app/plan/use-plan.ts'
import { open, serve } from '../../../testing.tsx'
import { changeLanguage } from '../../../text/i18n.ts'
import { RootChangeSection } from './root-change.tsx'

/** Roots as they lie in the Secret: what is in them is the server's to check. */
const [root, next] = ['-----OLD-----\n', '-----NEW-----\n']
afterEach(async () => {
  vi.unstubAllGlobals()
  await changeLanguage('en')
})

const certificate = (fingerprint: string, pem: string): Certificate => ({
  subject: `O=${fingerprint}`,
  issuer: `O=${fingerprint}`,
  fingerprint,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2099-01-01T00:00:00Z',
  ca: true,
  key: 'EC P-256',
  names: [],
  pem,
})
const certificates = () => ({ old: certificate('old', root), next: certificate('new', next) })

function authority(signedUnder: 'old' | 'new', more: Partial<Authority> = {}): Authority {
  const { old, next: other } = certificates()
  return { kind: 'plugged-in', chain: [], roots: [old, other], verified: true, signedUnder, ...more }
}

const web = { cluster: 'east', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const held: Partial<RootChange> = {
  holds: [{ code: 'certificates.hold_pods', params: { clusters: 'east', until: '2026-03-02T10:00:00Z' } }],
  workloads: [{ ref: web, pods: 2, restartable: true }],
}
function change(phase: RootChange['phase'], more: Partial<RootChange> = {}): RootChange {
  const counts = { namespaces: { behind: 0, total: 3 }, pods: { behind: 2, total: 5 } }
  return {
    phase,
    clusters: [{ cluster: 'east', handedOut: 'all', ...counts }],
    workloads: [],
    holds: [],
    doubts: [],
    ...more,
  }
}

async function shown(of: Authority, at: RootChange) {
  const intents: Intent[] = []
  await open(
    <PlanContext value={{ open: (intent) => void intents.push(intent), draft: undefined, setDraft: () => undefined }}>
      <RootChangeSection
        mesh="shop"
        place={{ cluster: 'east', namespace: 'istio-system' }}
        authority={of}
        change={at}
      />
    </PlanContext>,
  )
  return intents
}
const button = (name: string) => screen.getByRole('button', { name })
const isDisabled = (name: string) => button(name).getAttribute('aria-disabled') === 'true'
const click = (name: string) => userEvent.click(button(name))

describe('where no change is under way', () => {
  it('begins with a root of which only the certificate is needed, behind those that are trusted', async () => {
    const intents = await shown(authority('old', { roots: [certificates().old] }), change('one-root'))
    expect(screen.queryByText('How far each cluster is')).toBeNull()
    await click('Add another root')
    const drawer = await screen.findByRole('dialog', { name: 'Another root for shop' })
    await userEvent.click(within(drawer).getByRole('radio', { name: 'Certificate of a root you have' }))
    fireEvent.change(await within(drawer).findByRole('textbox', { name: 'Root certificate' }), {
      target: { value: next },
    })
    await userEvent.click(within(drawer).getByRole('button', { name: 'Show the plan' }))
    await vi.waitFor(() =>
      expect(intents).toEqual([{ type: 'meshes.trust-roots', name: 'shop', roots: `${root}${next}` }]),
    )
  })

  it('does not go on with a new root before its key is saved', async () => {
    await shown(authority('old', { roots: [certificates().old] }), change('one-root'))
    await click('Add another root')
    const drawer = await screen.findByRole('dialog', { name: 'Another root for shop' })
    const go = within(drawer).getByRole('button', { name: 'Show the plan' })
    expect(go.hasAttribute('disabled') || go.getAttribute('aria-disabled') === 'true').toBe(true)
    expect(within(drawer).getByText(/Its key is never sent: save it/)).toBeTruthy()
  })
})

describe('where another root was added', () => {
  it('tells how far each cluster is, what it waits for, and offers what ends the waiting', async () => {
    const intents = await shown(authority('old'), change('added', { ...held, other: 'new' }))
    expect(screen.getByText('3 of 3 namespaces have them')).toBeTruthy()
    expect(screen.getByText('3 of 5 Pods started since')).toBeTruthy()
    const why = /Pods in east may still hold certificates and roots from before/
    expect(screen.getByRole('button', { name: 'Sign under the new root', description: why })).toBeTruthy()
    expect(isDisabled('Sign under the new root')).toBe(true)
    await click('Restart 1 workload')
    await click('Take the new root away again')
    expect(intents).toEqual([
      { type: 'sidecars.restart', mesh: 'shop', workloads: [web] },
      { type: 'meshes.trust-roots', name: 'shop', roots: root },
    ])
  })

  it('goes by which root does not sign, not by where it stands', async () => {
    const { old, next: other } = certificates()
    const swapped = authority('old', { roots: [other, old] })
    const intents = await shown(swapped, change('added', { other: 'new' }))
    await click('Take the new root away again')
    expect(intents).toEqual([{ type: 'meshes.trust-roots', name: 'shop', roots: root }])
    await click('Sign under the new root')
    expect(await screen.findByRole('dialog', { name: 'Sign under O=new' })).toBeTruthy()
  })

  it('signs under the new root with files of its own, while both roots are trusted', async () => {
    const intents = await shown(authority('old'), change('added', { other: 'new' }))
    await click('Sign under the new root')
    const drawer = await screen.findByRole('dialog', { name: 'Sign under O=new' })
    expect(within(drawer).queryByRole('radio', { name: 'New root, made in this browser' })).toBeNull()
    await userEvent.click(within(drawer).getByRole('radio', { name: 'Certificates and key of your own' }))
    const files = { 'Intermediate certificate': 'ca', 'Intermediate key': 'key', Chain: 'chain' }
    for (const [name, value] of Object.entries(files)) {
      fireEvent.change(await within(drawer).findByRole('textbox', { name }), { target: { value } })
    }
    expect(within(drawer).queryByRole('textbox', { name: 'Root certificate' })).toBeNull()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Show the plan' }))
    const ca = { caCert: 'ca', caKey: 'key', certChain: 'chain', rootCert: `${root}${next}` }
    await vi.waitFor(() => expect(intents).toEqual([{ type: 'meshes.plug-ca', name: 'shop', ca }]))
  })
})

describe('where the new root signs', () => {
  it('takes the old root away once nothing holds it', async () => {
    const intents = await shown(authority('new'), change('switched', { other: 'old' }))
    await click('Take the old root away')
    expect(intents).toEqual([{ type: 'meshes.trust-roots', name: 'shop', roots: next }])
  })

  it('waits like any other phase, and signs again with what istiod made itself without its key', async () => {
    await shown(authority('new'), change('switched', { ...held, other: 'old' }))
    expect([isDisabled('Take the old root away'), isDisabled('Sign under the old root again')]).toEqual([true, true])
    const intents = await shown(authority('new', { selfSigned: 'old' }), change('switched', { other: 'old' }))
    const [, again] = screen.getAllByRole('button', { name: 'Sign under the old root again' })
    await userEvent.click(again ?? expect.fail('no button'))
    expect(intents).toEqual([
      { type: 'meshes.trust-roots', name: 'shop', roots: `${root}${next}`, signer: 'self-signed' },
    ])
  })

  it('says what nobody can tell', async () => {
    const doubts = [{ code: 'certificates.doubt_age', params: { subject: 'O=new' } }]
    await shown(authority('new'), change('switched', { other: 'old', doubts }))
    expect(screen.getByText(/O=new is taken for the new one, since it was made last/)).toBeTruthy()
  })

  it('asks proxies what they hold where one wants to know', async () => {
    const proxy = (name: string, more: object) => ({
      pod: { ...web, group: '', kind: 'Pod', name },
      owner: web,
      kind: 'sidecar',
      ...more,
    })
    const items = [
      proxy('web-1', { root: 'other', missing: 0 }),
      proxy('web-2', { root: 'current', missing: 1 }),
      proxy('web-3', { why: { code: 'certificates.proxy_silent', params: { pod: 'web-3', what: 'kube.timeout' } } }),
    ]
    const clusters = [{ cluster: 'east', state: 'fresh' }]
    const calls = serve({
      'GET /meshes/shop/proxy-certificates': ({ search }) =>
        search.get('of') === 'gateways' ? { items: [], total: 0, clusters } : { items, total: 7, clusters },
    })
    await shown(authority('new'), change('switched', { other: 'old' }))
    expect(calls).toEqual([])
    await click('Ask proxies')
    const told = await screen.findByRole('list', { name: 'Ask proxies' })
    expect(
      within(told)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual([
      expect.stringContaining('1 proxy holds a certificate of another root'),
      expect.stringContaining('1 proxy does not trust all of these roots yet'),
      expect.stringContaining('1 proxy did not tell'),
      expect.stringContaining('4 proxies were not asked'),
    ])
  })
})

describe('in Chinese', () => {
  it.each([
    { phase: 'one-root', signs: 'old', other: undefined, words: ['添加另一个根证书'] },
    { phase: 'added', signs: 'old', other: 'new', words: ['在新根证书之下签发', '撤回新根证书', '询问代理'] },
    { phase: 'switched', signs: 'new', other: 'old', words: ['移除旧根证书', '恢复在旧根证书之下签发', '询问代理'] },
  ] as const)('phase $phase says what may be done', async ({ phase, signs, other, words }) => {
    await changeLanguage('zh')
    const of = phase === 'one-root' ? authority(signs, { roots: [certificates().old] }) : authority(signs)
    await shown(of, change(phase, other === undefined ? {} : { other }))
    for (const word of words) expect(screen.getByRole('button', { name: word })).toBeTruthy()
    expect(screen.getByRole('heading', { name: '更换根证书' })).toBeTruthy()
  })
})
