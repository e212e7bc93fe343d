import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { createKubeClient } from '@orbweaver/kube/connect'
import { nodes, pods } from '@orbweaver/kube/resources'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import type { AccessQuestion } from '@orbweaver/kube/client'
import { selfSubjectAccessReview } from '@orbweaver/kube/access'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Built } from './build.ts'
import { isIstiodPart } from './istiod-process.ts'
import { recordedParts } from './parts.ts'
import { isAlive } from './process-identity.ts'
import { runDir } from './run-dir.ts'
import { command, type RunningLab, startLab } from './suite/running-lab.ts'

let lab: RunningLab
beforeAll(async () => {
  lab = await startLab(['--clusters', '1', '--worlds', 'revisions', '--kubelets', 'v1.36.3,v1.34.9'])
}, 3_600_000)
afterAll(async () => {
  await command(['down', '--dir', lab.dir.root])
})

describe('world revisions', () => {
  it('has a real istiod for each revision, and applications on both', async () => {
    const istiods = recordedParts(lab.dir).filter(isIstiodPart)
    expect(istiods.filter(({ identity }) => isAlive(identity))).toHaveLength(2)
    const { items } = await lab.api('hub').list(pods)
    const revisions = items.flatMap(({ metadata }) => {
      const revision = metadata.annotations?.['istio.io/rev']
      return revision === undefined ? [] : [`${metadata.namespace ?? ''} ${revision}`]
    })
    expect([...new Set(revisions)].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'bookinfo 1-30-3',
      'shop-catalog 1-31-0',
      'shop-orders 1-31-0',
      'shop-web 1-30-3',
    ])
  })

  it('lets the debug API of both be asked through their Pods', async () => {
    const api = lab.api('hub')
    const { items } = await api.list(pods, { namespace: 'istio-system', labelSelector: 'app=istiod' })
    const answers = await Promise.all(
      items.map(({ metadata: { name, namespace = '' } }) =>
        api.getThroughPod({ name, namespace }, { port: 15014, path: '/debug/registryz' }),
      ),
    )
    expect(answers.map(({ status, body }) => [status, JSON.stringify(body).includes('catalog.shop-catalog')])).toEqual([
      [200, true],
      [200, true],
    ])
  })

  it('has nodes with the kubelets asked for', async () => {
    const { items } = await lab.api('hub').list(nodes)
    const versions = items.map((node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion'))
    expect(versions).toEqual(['v1.36.3', 'v1.34.9', 'v1.34.9'])
  })
})

const reading = { verb: 'list', group: '', resource: 'pods' }
const ruling = { verb: 'create', group: 'networking.istio.io', resource: 'virtualservices', namespace: 'bookinfo' }
const joining = { verb: 'create', group: '', resource: 'namespaces' }

describe('people', () => {
  it.each<[string, boolean[]]>([
    ['olga', [true, true, true]],
    ['otto', [true, true, false]],
    ['vera', [true, false, false]],
    ['nils', [false, true, false]],
    ['dana', [false, false, false]],
    ['nora', [false, false, false]],
  ])('%s has a kubeconfig, and the rights that were said', async (user, expected) => {
    const api = clientOf(user)
    const may = async (question: AccessQuestion) => (await selfSubjectAccessReview(api, question)).allowed
    expect(await Promise.all([reading, ruling, joining].map(may))).toEqual(expected)
    await api.close()
  })
})

function clientOf(user: string) {
  const parsed = parseKubeconfig(readFileSync(join(lab.dir.people, `${user}.kubeconfig`), 'utf8'))
  const context = parsed.ok ? parsed.contexts.find(({ name }) => name === 'hub') : undefined
  if (context === undefined || !('connection' in context)) throw new Error(`no connection for ${user}`)
  return createKubeClient({ cluster: 'hub', connection: context.connection })
}

describe('up again', () => {
  const again = (...options: string[]) => command(['up', '--dir', lab.dir.root, ...options])

  it('finds the lab up at once, whether it is described again or not', async () => {
    for (const options of [[], ['--worlds', 'revisions']]) {
      const { code, output } = await again(...options)
      expect({ code, seconds: /the lab is up \((\d+)\.\d s\)/.exec(output)?.[1] }).toEqual({ code: 0, seconds: '0' })
    }
  })

  it('is refused when another lab is asked for', async () => {
    const { code, output } = await again('--worlds', 'demo')
    expect(code).toBe(1)
    expect(output).toContain('another lab runs here')
  })
})

/** A cache of built parts like ours, but for one that is a script. */
function cacheWith(built: Built, script: { readonly binary: string; readonly text: string }): string {
  const home = mkdtempSync(join(tmpdir(), 'lab-cache-'))
  for (const folder of Object.values(built)) {
    const copy = join(home, 'orbweaver-lab', basename(folder))
    mkdirSync(join(copy, 'bin'), { recursive: true })
    for (const file of readdirSync(folder).filter((each) => each !== 'bin')) {
      symlinkSync(join(folder, file), join(copy, file))
    }
    for (const file of readdirSync(join(folder, 'bin'))) {
      const path = join(copy, 'bin', file)
      if (file === script.binary) writeFileSync(path, script.text, { mode: 0o700 })
      else symlinkSync(join(folder, 'bin', file), path)
    }
  }
  return home
}

describe('a part that fails', () => {
  it('is named, with its last lines, and no process is left', async () => {
    const text = '#!/bin/sh\necho "reading the flags"\necho "cannot bind: the port is taken" >&2\nexit 3\n'
    const cache = cacheWith(lab.state.built, { binary: 'kube-apiserver', text })
    const dir = runDir(mkdtempSync(join(tmpdir(), 'lab-')))
    try {
      const { code, output } = await command(['up', '--clusters', '1', '--dir', dir.root], { XDG_CACHE_HOME: cache })
      expect(code).toBe(1)
      expect(output).toContain(
        'hub-apiserver failed\n  it ended\n  reading the flags\n  cannot bind: the port is taken\n',
      )
      expect(recordedParts(dir)).toEqual([])
      expect(readdirSync(dir.logs).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'hub-apiserver.log',
        'hub-etcd.log',
      ])
      expect((await command(['down', '--dir', dir.root])).code).toBe(0)
      expect(existsSync(dir.root)).toBe(false)
    } finally {
      await command(['down', '--dir', dir.root])
      rmSync(cache, { recursive: true })
    }
  })
})
