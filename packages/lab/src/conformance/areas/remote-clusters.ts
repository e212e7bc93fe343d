import { isRecord, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { selfSigned } from '@orbweaver/sandbox/server/http/certificate'
import { breaking } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import { askIstiod, istiodPod } from './istiod-pod.ts'
import {
  anyCredentials,
  kubeconfigOf,
  label,
  registering,
  secretsPath,
  takingKubeconfigsFor,
  withExec,
  withoutChanges,
  withoutRemotes,
} from './remote-secrets.ts'

const states: Area['checks'] = [
  check('istiod lists its own cluster, without a Secret.', withoutRemotes, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('seen', { [id('far')]: kubeconfigOf(scene) })
      await tells({ far: 'synced' })
      const { body } = await askIstiod(scene, { path: '/debug/clusterz' })
      fits(listAt(body).slice(0, 1), [{ id: 'Kubernetes', secretName: '', syncStatus: 'synced' }])
    })
  }),
  check('A cluster whose Secret leads to it is synced.', withoutRemotes, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('good', { [id('far')]: kubeconfigOf(scene) })
      await tells({ far: 'synced' })
    })
  }),
  check('One Secret may bring several clusters.', withoutRemotes, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('both', { [id('one')]: kubeconfigOf(scene), [id('two')]: kubeconfigOf(scene) })
      await tells({ one: 'synced', two: 'synced' })
    })
  }),
  check('A cluster that cannot be reached is a time-out when its time is over.', withoutRemotes, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('nowhere', { [id('far')]: kubeconfigOf(scene, { server: 'https://127.0.0.1:1' }) })
      await tells({ far: 'timeout' })
    })
  }),
  check('A cluster that refuses the token is a time-out.', anyCredentials, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('stranger', { [id('far')]: kubeconfigOf(scene, { token: 'wrong' }) })
      await tells({ far: 'timeout' })
    })
  }),
  check('A cluster whose user may list nothing is a time-out.', anyCredentials, async (scene) => {
    await registering(scene, async ({ id, create, tells }) => {
      await create('powerless', { [id('far')]: kubeconfigOf(scene, { token: scene.token('nora') }) })
      await tells({ far: 'timeout' })
    })
  }),
  check(
    'A cluster with a certificate of another authority is a time-out.',
    takingKubeconfigsFor('certificates', (kubeconfig) => {
      kubeconfig.clusters = listAt(kubeconfig, 'clusters').map((each): Json => {
        const cluster = { server: textAt(each, 'cluster', 'server') ?? '', 'insecure-skip-tls-verify': true }
        return { ...recordAt(each), cluster }
      })
    }),
    async (scene) => {
      await registering(scene, async ({ id, create, tells }) => {
        const certificateAuthority = selfSigned('another').certificate
        await create('impostor', { [id('far')]: kubeconfigOf(scene, { certificateAuthority }) })
        await tells({ far: 'timeout' })
      })
    },
  ),
]

const ignored: Area['checks'] = [
  check(
    'A Secret without the label istio/multiCluster is nothing to istiod.',
    breaking('the label of remote Secrets', ({ body, path, method }) => {
      if (method === 'POST' && secretsPath.test(path) && isRecord(body)) recordAt(body, 'metadata').labels = label
    }),
    async (scene) => {
      await registering(scene, async ({ id, create, tells }) => {
        await create('plain', { [id('far')]: kubeconfigOf(scene) }, {})
        await create('mark', { [id('near')]: kubeconfigOf(scene) })
        await tells({ near: 'synced' })
      })
    },
  ),
  check(
    'A kubeconfig that runs a command is refused, and its cluster is not listed.',
    anyCredentials,
    async (scene) => {
      await registering(scene, async ({ id, create, tells }) => {
        await create('command', { [id('far')]: withExec(kubeconfigOf(scene)) })
        await create('mark', { [id('near')]: kubeconfigOf(scene) })
        await tells({ near: 'synced' })
      })
    },
  ),
  check(
    "A Secret that names istiod's own cluster changes nothing about it.",
    breaking('names of clusters in Secrets', ({ body, path }) => {
      if (!secretsPath.test(path) || !isRecord(body)) return
      const data = recordAt(body, 'data')
      body.data = Object.fromEntries(Object.entries(data).map(([id, text]) => [`x${id}`, text]))
    }),
    async (scene) => {
      await registering(scene, async ({ id, create, tells }) => {
        await create('own', { Kubernetes: kubeconfigOf(scene) })
        await create('mark', { [id('near')]: kubeconfigOf(scene) })
        await tells({ near: 'synced' })
      })
    },
  ),
  check(
    'A cluster that a Secret has brought is not taken from another one.',
    breaking('the first of two Secrets', ({ body, path }) => {
      const name = textAt(body, 'metadata', 'name') ?? ''
      if (secretsPath.test(path) && name.endsWith('-first')) recordAt(body, 'metadata').labels = {}
    }),
    async (scene) => {
      await registering(scene, async ({ id, create, tells }) => {
        await create('first', { [id('far')]: kubeconfigOf(scene) })
        await tells({ far: 'synced' })
        await create('second', { [id('far')]: kubeconfigOf(scene, { token: 'wrong' }) })
        await create('mark', { [id('near')]: kubeconfigOf(scene) })
        await tells({ far: 'synced', near: 'synced' })
      })
    },
  ),
]

const changes: Area['checks'] = [
  check('A cluster is gone with its Secret.', withoutChanges('DELETE'), async (scene) => {
    await registering(scene, async ({ id, create, remove, tells }) => {
      await create('passing', { [id('far')]: kubeconfigOf(scene) })
      await tells({ far: 'synced' })
      await remove('passing')
      await tells({})
    })
  }),
  check('A cluster is gone when its Secret loses the label.', withoutChanges('PATCH'), async (scene) => {
    await registering(scene, async ({ id, create, unlabel, tells }) => {
      await create('labelled', { [id('far')]: kubeconfigOf(scene) })
      await tells({ far: 'synced' })
      await unlabel('labelled')
      await tells({})
    })
  }),
  check('A Secret that is given a better kubeconfig is followed at once.', withoutChanges('PATCH'), async (scene) => {
    await registering(scene, async ({ id, create, replace, tells }) => {
      await create('mended', { [id('far')]: kubeconfigOf(scene, { token: 'wrong' }) })
      await tells({ far: 'timeout' })
      await replace('mended', { [id('far')]: kubeconfigOf(scene) })
      await tells({ far: 'synced' })
    })
  }),
  check(
    'A cluster that was synced is read anew when its credentials change.',
    withoutChanges('PATCH'),
    async (scene) => {
      await registering(scene, async ({ id, create, replace, tells }) => {
        await create('worsened', { [id('far')]: kubeconfigOf(scene) })
        await tells({ far: 'synced' })
        await replace('worsened', { [id('far')]: kubeconfigOf(scene, { token: 'wrong' }) })
        await tells({ far: 'timeout' })
      })
    },
  ),
  check(
    'A change to a kubeconfig that is refused leaves the cluster as it was.',
    breaking('the cluster of a refused kubeconfig', ({ method, path, body }) => {
      if (method !== 'PATCH' || !secretsPath.test(path)) return
      for (const each of listAt(body)) if (isRecord(each)) each.value = {}
    }),
    async (scene) => {
      await registering(scene, async ({ id, create, replace, tells }) => {
        await create('spoilt', { [id('far')]: kubeconfigOf(scene) })
        await tells({ far: 'synced' })
        await replace('spoilt', { [id('far')]: withExec(kubeconfigOf(scene)) })
        await create('mark', { [id('near')]: kubeconfigOf(scene) })
        await tells({ far: 'synced', near: 'synced' })
      })
    },
  ),
  check('A cluster that a Secret no longer names is gone, the others stay.', withoutChanges('PATCH'), async (scene) => {
    await registering(scene, async ({ id, create, replace, tells }) => {
      await create('fewer', { [id('one')]: kubeconfigOf(scene), [id('two')]: kubeconfigOf(scene) })
      await tells({ one: 'synced', two: 'synced' })
      await replace('fewer', { [id('two')]: kubeconfigOf(scene) })
      await tells({ two: 'synced' })
    })
  }),
]

export const remoteClusters: Area = {
  title: 'Remote clusters',
  shares: [istiodPod],
  checks: [...states, ...ignored, ...changes],
}
