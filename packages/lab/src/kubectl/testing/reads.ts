import { spawn } from 'node:child_process'
import { expect } from 'vitest'
import { until } from '../../wait.ts'
import type { KubectlTest } from './kubectl-test.ts'
import { application, route, yamlOf } from './manifests.ts'

/** Discovery, get, describe and explain, over an application that stands. */
export const reads: readonly KubectlTest[] = [
  [
    'tells what the cluster serves',
    async ({ out }) => {
      const versions = (await out('api-versions')).split('\n')
      expect(versions).toEqual(
        expect.arrayContaining(['v1', 'apps/v1', 'networking.istio.io/v1', 'sailoperator.io/v1']),
      )
      const kinds = await out('api-resources', '--api-group=apps', '-o', 'wide')
      expect(kinds).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment +\[?create[ ,]delete/m)
      expect(await out('api-resources', '--namespaced=false', '-o', 'name')).toMatch(/^istios\.sailoperator\.io$/m)
      expect(await out('cluster-info')).toMatch(/Kubernetes control plane is running at https:/)
      expect(await out('version')).toMatch(/Server Version: /)
    },
  ],

  [
    'explains fields of built-in and of custom kinds',
    async ({ out }) => {
      expect(await out('explain', 'deployment.spec.replicas')).toMatch(/FIELD: +replicas +<integer>/)
      expect(await out('explain', 'virtualservice.spec.hosts')).toMatch(/FIELD: +hosts +<\[\]string>/)
      expect(await out('explain', 'istio.spec')).toMatch(/^ +version[\t ]+<string>/m)
    },
  ],

  [
    'gets a table, narrow and wide, and by labels and fields',
    async ({ out, apply, namespace }) => {
      await apply(`${application()}---\n${yamlOf(route(['web']))}`)
      await out('wait', '--for=condition=Available', 'deployment/web', '--timeout=60s')
      await out('wait', '--for=condition=Ready', 'pod', '-l', 'app=web', '--timeout=60s')
      expect(await out('get', 'deployment', 'web')).toMatch(
        /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2\/2 +2 +2 /,
      )
      expect(await out('get', 'deploy', '-o', 'wide')).toMatch(
        /CONTAINERS +IMAGES +SELECTOR\n.*registry\.example\/web:1 +app=web/,
      )
      expect(await out('get', 'pods', '-o', 'wide', '-l', 'app=web')).toMatch(/IP +NODE .*\nweb-\S+ +1\/1 +Running +0 /)
      expect(await out('get', 'all,cm', '-l', 'app=web', '--show-labels')).toMatch(
        /^configmap\/settings +2 +\S+ +app=web/m,
      )
      expect(await out('get', 'pods', '-l', 'app!=web')).toBe('')
      const running = await out('get', 'pods', '--field-selector=status.phase=Running', '-o', 'name')
      expect(running.trim().split('\n')).toHaveLength(2)
      const everywhere = await out('get', 'pods', '-A', `--field-selector=metadata.namespace=${namespace}`)
      expect(everywhere).toMatch(/^NAMESPACE +NAME/)
      expect(await out('get', 'nodes', '-o', 'wide')).toMatch(
        /VERSION +INTERNAL-IP +EXTERNAL-IP +OS-IMAGE .*\n\S+ +Ready/,
      )
      expect(await out('get', 'virtualservice')).toMatch(/^NAME +GATEWAYS +HOSTS +AGE\nweb +\["web"\]/)
    },
  ],

  [
    'gets objects as YAML, JSON, paths and columns',
    async ({ out }) => {
      expect(await out('get', 'deployment', 'web', '-o', 'yaml')).toMatch(/^kind: Deployment$/m)
      const list: unknown = JSON.parse(await out('get', 'pods', '-o', 'json'))
      expect(list).toMatchObject({ kind: 'List', items: [{ kind: 'Pod' }, { kind: 'Pod' }] })
      const path = '{range .items[*]}{.metadata.labels.app}{" "}{.status.phase}{"\\n"}{end}'
      expect(await out('get', 'pods', '-o', `jsonpath=${path}`)).toBe('web Running\nweb Running\n')
      const columns = 'custom-columns=N:.metadata.name,R:.spec.replicas'
      expect(await out('get', 'deploy', '-o', columns, '--sort-by=.metadata.name')).toMatch(/^N +R\nweb +2\n$/)
    },
  ],

  [
    'says what is not there',
    async ({ run }) => {
      const object = await run(['get', 'deployment', 'gone'])
      expect(object).toMatchObject({
        code: 1,
        err: 'Error from server (NotFound): deployments.apps "gone" not found\n',
      })
      const kind = await run(['get', 'nosuchkind'])
      expect(kind).toMatchObject({ code: 1, err: `error: the server doesn't have a resource type "nosuchkind"\n` })
    },
  ],

  [
    'watches',
    async ({ out, invocation }) => {
      const { program, args, environment } = invocation(['get', 'cm', 'settings', '-w', '--output-watch-events'])
      const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
      let seen = ''
      child.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString('utf8')))
      const sees = (what: RegExp): Promise<true | undefined> =>
        until(async () => Promise.resolve(what.test(seen) ? true : undefined), { forMs: 20_000, everyMs: 50 })
      try {
        expect(await sees(/^ADDED +settings/m), seen).toBe(true)
        await out('patch', 'cm', 'settings', '-p', '{"data":{"c":"3"}}')
        expect(await sees(/^MODIFIED +settings +3 /m), seen).toBe(true)
      } finally {
        child.kill()
      }
    },
  ],

  [
    'describes what stands, with events',
    async ({ out, namespace }) => {
      const deployment = await out('describe', 'deployment', 'web')
      expect(deployment).toMatch(/Replicas: +2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable/)
      expect(deployment).toMatch(/Normal +ScalingReplicaSet .*deployment-controller +Scaled up replica set web-\S+/)
      const pod = await out('describe', 'pod', '-l', 'app=web')
      expect(pod).toMatch(/^Controlled By: +ReplicaSet\/web-/m)
      expect(pod).toMatch(/^QoS Class: +BestEffort/m)
      expect(pod).toMatch(new RegExp(`Normal +Scheduled .*Successfully assigned ${namespace}/web-`))
      expect(await out('describe', 'rs', '-l', 'app=web')).toMatch(/Normal +SuccessfulCreate .*Created pod: web-/)
      expect(await out('get', 'events', '-o', 'wide')).toMatch(/SUBOBJECT +SOURCE +MESSAGE +FIRST SEEN +COUNT +NAME/)
      expect(await out('describe', 'service', 'web')).toMatch(/^Port: +http +80\/TCP\nTargetPort: +8080\/TCP$/m)
      expect(await out('describe', 'namespace', namespace)).toMatch(/^Status: +Active/m)
      expect(await out('describe', 'node')).toMatch(/^Non-terminated Pods:/m)
    },
  ],

  [
    'describes custom kinds',
    async ({ out }) => {
      expect(await out('describe', 'virtualservice', 'web')).toMatch(/^ {2}Hosts:\n {4}web$/m)
      expect(await out('describe', 'crd', 'istios.sailoperator.io')).toMatch(/^ +Kind: +Istio$/m)
    },
  ],
]
