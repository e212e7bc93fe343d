import { textAt } from '@orbweaver/contracts/json'
import { parseKubeconfig, writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { registerOffered } from './harness/cluster-pages.ts'
import { carryOut } from './harness/plan-drawer.ts'
import type { Stage } from './harness/stage.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'clusters' })

/** What somebody who administers the old lab would paste; with another token where one is given. */
function pasted(stage: Stage, name = 'lab-old', token?: string): string {
  const parsed = parseKubeconfig(stage.fleet.fleet.kubeconfig)
  const context = parsed.ok ? parsed.contexts.find((each) => each.name === name) : undefined
  if (context?.ok !== true) throw new Error(`the world has no ${name}`)
  const { connection } = context
  return writeKubeconfig([{ name, connection: token === undefined ? connection : { ...connection, token } }])
}

/** A token of the console's account in the old lab that is good for so many seconds: `kubectl create token --duration`. */
async function tokenFor(stage: Stage, expirationSeconds: number): Promise<string> {
  const path = '/api/v1/namespaces/orbweaver-system/serviceaccounts/orbweaver/token'
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds } }
  const token = textAt((await stage.admin('lab-old').raw(path, { method: 'POST', body })).body, 'status', 'token')
  if (token === undefined) throw new Error('the old lab gave no token')
  return token
}

const exec = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: https://example.invalid } }]
users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks, get-token] } } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`

/** What is only said on the pages of clusters. */
const said = {
  'en-GB': {
    result: 'Test',
    checks: '5 checks passed',
    download: 'Download manifest',
    runs: /runs the program aws/,
    says: 'What the control plane says',
    ends: {
      title: 'Credentials in use',
      replace: 'Replace',
      soon: /Bearer token\s*Ends soon\s*in 4 days/,
      state: 'Credentials end soon',
    },
    edit: {
      action: 'Edit',
      verb: 'Apply changes',
      title: 'Edit cluster beijing-prod',
      facts: 'About this cluster',
      replace: 'Replace the credentials',
      another: /They lead to another cluster than shanghai-prod/,
      passed: 'Ready to take over',
    },
  },
  'zh-CN': {
    result: '测试',
    checks: '5 项检查通过',
    download: '下载清单',
    runs: /通过程序 aws 登录/,
    says: '控制面自身的配置',
    ends: { title: '使用中的凭证', replace: '更换', soon: /Bearer 令牌\s*即将过期\s*4 天后/, state: '凭证即将过期' },
    edit: {
      action: '编辑',
      verb: '应用修改',
      title: '编辑集群 beijing-prod',
      facts: '集群信息',
      replace: '更换凭证',
      another: /该凭证指向的不是集群 shanghai-prod/,
      passed: '可以接替',
    },
  },
}

for (const { locale, words } of languages) {
  const { result, checks, download, runs, edit, ends } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('lists the registered clusters with their state', async ({ enter }) => {
      const page = await enter('ada', '/clusters')
      await expect(page.getByRole('row', { name: new RegExp(`shanghai-prod.*${words.connected}`) })).toBeVisible()
      await expect(page.getByRole('link', { name: /lab-old/ })).toBeVisible()
    })

    test('registers one by an offered context, and removes it', async ({ enter }) => {
      const page = await enter('ada', '/clusters')
      const tested = page.getByRole('region', { name: result, exact: true })
      const look = async () => {
        await expect(tested.getByText('v1.29.15')).toBeVisible()
        await expect(tested.getByText(checks)).toBeVisible()
      }
      await registerOffered(page, words, { name: 'lab-old', look })
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.removeCluster }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('textbox', { name: words.confirm('lab-old') }).fill('lab-new')
      await expect(drawer.getByRole('button', { name: words.removeCluster })).toBeDisabled()
      await carryOut(page, words, { verb: words.removeCluster, confirm: 'lab-old' })
      await page.goto(new URL('/clusters', page.url()).href)
      await expect(page.getByRole('link', { name: /lab-old/ })).toBeVisible()
    })

    test('registers one by a pasted kubeconfig, under a name of its own', async ({ enter, stage }) => {
      const page = await enter('ada', '/new/cluster')
      await page.getByRole('textbox', { name: words.kubeconfig, exact: true }).fill(pasted(stage))
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.passed)).toBeVisible()
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('basement')
      await page.getByRole('main').getByRole('button', { name: words.register }).click()
      await carryOut(page, words, { verb: words.register })
      await page.goto(new URL('/clusters/basement', page.url()).href)
      await expect(page.getByRole('main').getByText(words.connected, { exact: true })).toBeVisible()
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.removeCluster }).click()
      await carryOut(page, words, { verb: words.removeCluster, confirm: 'basement' })
    })

    test('says before and after saving that credentials end soon, and leads to replacing them', async ({
      enter,
      stage,
    }) => {
      const page = await enter('ada', '/new/cluster')
      const short = pasted(stage, 'lab-old', await tokenFor(stage, 5 * 86_400 - 60))
      await page.getByRole('textbox', { name: words.kubeconfig, exact: true }).fill(short)
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.passed)).toBeVisible()
      await expect(page.getByRole('list', { name: ends.title }).getByRole('listitem').first()).toHaveText(ends.soon)
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('cellar')
      await page.getByRole('main').getByRole('button', { name: words.register }).click()
      await carryOut(page, words, { verb: words.register })
      await page.goto(new URL('/clusters', page.url()).href)
      await expect(page.getByRole('row', { name: new RegExp(`cellar.*${ends.state}`) })).toBeVisible()
      await page.goto(new URL('/clusters/cellar', page.url()).href)
      const credentials = page.getByRole('region', { name: ends.title })
      await expect(credentials.getByRole('listitem').filter({ hasText: ends.soon })).toBeVisible()
      await expect(credentials.getByRole('link', { name: ends.replace })).toHaveAttribute(
        'href',
        '/clusters/cellar/edit',
      )
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.removeCluster }).click()
      await carryOut(page, words, { verb: words.removeCluster, confirm: 'cellar' })
    })

    test('edits what a registration says, and undoes it', async ({ enter }) => {
      const page = await enter('ada', '/clusters/beijing-prod')
      await page.getByRole('button', { name: edit.action, exact: true }).click()
      const plan = page.getByRole('button', { name: words.plan })
      await expect(plan).toBeDisabled()
      await page.getByRole('textbox', { name: /peerAddress/ }).fill('https://10.20.0.1:6443')
      await plan.click()
      const drawer = page.getByRole('dialog').last()
      await expect(drawer.getByText('peerAddress: https://10.20.0.1:6443')).toBeVisible()
      await carryOut(page, words, { verb: edit.verb })
      const facts = page.getByRole('region', { name: edit.facts })
      await expect(facts.getByText('https://10.20.0.1:6443')).toBeVisible()
      await page.goto(new URL('/history', page.url()).href)
      await page.getByRole('link', { name: edit.title }).first().click()
      await page.getByRole('button', { name: words.undo, exact: true }).click()
      await carryOut(page, words, { verb: words.undo })
      await page.goto(new URL('/clusters/beijing-prod', page.url()).href)
      await expect(facts.getByText('https://10.20.0.1:6443')).toBeHidden()
    })

    test('replaces credentials by tested ones of the same cluster', async ({ enter, stage }) => {
      const page = await enter('ada', '/clusters/shanghai-prod/edit')
      await page.getByRole('checkbox', { name: edit.replace }).check()
      const kubeconfig = page.getByRole('textbox', { name: words.kubeconfig, exact: true })
      await kubeconfig.fill(pasted(stage))
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(edit.another)).toBeVisible()
      await expect(page.getByRole('button', { name: words.plan })).toBeDisabled()
      await kubeconfig.fill(pasted(stage, 'shanghai-prod'))
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(edit.passed)).toBeVisible()
      await page.getByRole('button', { name: words.plan }).click()
      await carryOut(page, words, { verb: edit.verb })
      await expect(page.getByRole('heading', { level: 1, name: 'shanghai-prod' })).toBeVisible()
      await expect(page.getByRole('main').getByText(words.connected, { exact: true })).toBeVisible()
    })

    test('refuses a kubeconfig that runs a program, and offers an account instead', async ({ enter }) => {
      const page = await enter('ada', '/new/cluster')
      await page.getByRole('textbox', { name: words.kubeconfig, exact: true }).fill(exec)
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.refused)).toBeVisible()
      await expect(page.getByText(runs)).toBeVisible()
      await expect(page.getByRole('link', { name: download })).toBeVisible()
      const account = page.getByRole('region', { name: words.manifest })
      await expect(account.getByText(/kubectl/).first()).toBeVisible()
      await expect(page.getByRole('main').getByRole('button', { name: words.register })).toBeDisabled()
    })
  })
}

test('shows a cluster that swallows everything with what it last knew, and since when', async ({ enter, stage }) => {
  const faults = stage.fleet.fleet.clusters.get('beijing-prod')?.server.faults
  const page = await enter('ada', '/clusters')
  await expect(page.getByRole('row', { name: /beijing-prod.*Connected/ })).toBeVisible()
  faults?.set({ blackHole: true })
  await expect(page.getByRole('row', { name: /beijing-prod.*Unreachable for \d/ })).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('row', { name: /shanghai-prod.*Connected/ })).toBeVisible()
  const partial = page.getByRole('region', { name: /^Partial: 1 of/ })
  await partial.getByRole('button', { name: 'Show which' }).click()
  await expect(partial.getByRole('listitem')).toHaveText(/beijing-prod.*unreachable.*for \d.*last known/)
  faults?.set({ blackHole: false })
  await expect(page.getByRole('row', { name: /beijing-prod.*Connected/ })).toBeVisible({ timeout: 60_000 })
})

test.describe('the Istio that somebody else installed, once adopted', () => {
  test.beforeAll(({ stage }) => adoptEdge(stage))

  for (const { locale } of languages) {
    test.describe(locale, () => {
      test.use({ locale })

      test('tells what it says of itself', async ({ enter }) => {
        const page = await enter('ada', '/meshes/edge')
        const facts = page.getByRole('region', { name: said[locale].says }).getByRole('definition')
        // From its Deployment's environment and its ConfigMap istio; Helm's values are for nobody of these personas.
        for (const fact of ['frankfurt-edge', 'edge', 'cluster.local', 'REGISTRY_ONLY', '/dev/stdout']) {
          await expect(facts.getByText(fact, { exact: true })).toBeVisible()
        }
      })
    })
  }
})
