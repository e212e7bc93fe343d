import { expect } from 'vitest'
import type { KubectlTest } from './kubectl-test.ts'
import { application, route, yamlOf } from './manifests.ts'

/** Creating, changing and deleting single objects. */
export const writes: readonly KubectlTest[] = [
  [
    'creates objects of many kinds from nothing but arguments',
    async ({ out, run, namespace }) => {
      const other = `${namespace}-other`
      expect(await out('create', 'namespace', other, '--dry-run=server')).toBe(
        `namespace/${other} created (server dry run)\n`,
      )
      expect(await out('create', 'namespace', other)).toBe(`namespace/${other} created\n`)
      expect((await run(['create', 'namespace', other])).err).toContain(`namespaces "${other}" already exists`)
      await out('create', 'configmap', 'literal', '--from-literal=a=1', '--from-literal=b=')
      expect(JSON.parse(await out('get', 'cm', 'literal', '-o', 'jsonpath={.data}'))).toEqual({ a: '1', b: '' })
      await out('create', 'secret', 'generic', 'hidden', '--from-literal=key=value')
      expect(await out('get', 'secret', 'hidden', '-o', 'jsonpath={.data.key} {.type}')).toBe('dmFsdWU= Opaque')
      await out('create', 'deployment', 'plain', '--image=registry.example/plain:1', '--replicas=0')
      expect(await out('get', 'deploy', 'plain', '-o', 'jsonpath={.spec.replicas}')).toBe('0')
      await out('create', 'quota', 'few', '--hard=pods=7,requests.cpu=1500m')
      expect(await out('get', 'quota', 'few', '-o', 'jsonpath={.spec.hard.pods} {.spec.hard.requests\\.cpu}')).toBe(
        '7 1500m',
      )
      await out('create', 'service', 'clusterip', 'plain', '--tcp=80:8080')
      expect(await out('get', 'svc', 'plain', '-o', 'jsonpath={.spec.ports[0].targetPort}')).toBe('8080')
      await out('delete', 'quota', 'few')
      await out('delete', 'namespace', other, '--wait=false')
    },
  ],

  [
    'labels and annotates',
    async ({ out, run, apply }) => {
      await apply(application())
      expect(await out('label', 'deploy', 'web', 'tier=front')).toBe('deployment.apps/web labeled\n')
      const again = await run(['label', 'deploy', 'web', 'tier=back'])
      expect(again).toMatchObject({ code: 1 })
      expect(again.err).toContain("'tier' already has a value (front), and --overwrite is false")
      await out('label', 'deploy', 'web', 'tier=back', '--overwrite')
      expect(await out('get', 'deploy', '-l', 'tier in (back),app', '-o', 'name')).toBe('deployment.apps/web\n')
      await out('label', 'deploy', 'web', 'tier-')
      expect(await out('get', 'deploy', '-l', 'tier', '-o', 'name')).toBe('')
      expect(await out('annotate', 'cm', 'settings', 'note=why')).toBe('configmap/settings annotated\n')
      expect(await out('get', 'cm', 'settings', '-o', 'jsonpath={.metadata.annotations.note}')).toBe('why')
    },
  ],

  [
    'patches in three ways, custom kinds in two',
    async ({ out, run }) => {
      const image = '{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"registry.example/web:3"}]}}}}'
      expect(await out('patch', 'deploy', 'web', '-p', image)).toBe('deployment.apps/web patched\n')
      expect(await out('get', 'deploy', 'web', '-o', 'jsonpath={..image} {..env[*].name}')).toBe(
        'registry.example/web:3 A B',
      )
      const merge = ['patch', 'cm', 'settings', '--type=merge', '-p', '{"data":{"a":null,"c":"3"}}']
      expect(await out(...merge)).toBe('configmap/settings patched\n')
      expect(await out(...merge)).toBe('configmap/settings patched (no change)\n')
      expect(JSON.parse(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data}'))).toEqual({ b: '2', c: '3' })
      await out('patch', 'cm', 'settings', '--type=json', '-p', '[{"op":"remove","path":"/data/c"}]')
      expect(JSON.parse(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data}'))).toEqual({ b: '2' })
      const failing = '[{"op":"test","path":"/data/b","value":"other"}]'
      expect((await run(['patch', 'cm', 'settings', '--type=json', '-p', failing])).err).toMatch(
        /^The request is invalid/,
      )
      await run(['create', '-f', '-'], { input: yamlOf(route(['web'])) })
      const hosts = '{"spec":{"hosts":["web","web.example"]}}'
      expect((await run(['patch', 'vs', 'web', '-p', hosts])).err).toContain(
        'accepted media types include: application/json-patch+json, application/merge-patch+json',
      )
      await out('patch', 'vs', 'web', '--type=merge', '-p', hosts)
      expect(await out('get', 'vs', 'web', '-o', 'jsonpath={.spec.hosts[1]}')).toBe('web.example')
    },
  ],

  [
    'edits and replaces',
    async ({ out, run }) => {
      const edit = (script: string) =>
        run(['edit', 'cm', 'settings'], { environment: { KUBE_EDITOR: `sed -i ${script}` } })
      expect((await edit('s/b:/bb:/')).out).toBe('configmap/settings edited\n')
      expect(JSON.parse(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data}'))).toEqual({ bb: '2' })
      expect((await edit('s/nothing/x/')).err + (await edit('s/nothing/x/')).out).toContain(
        'Edit cancelled, no changes made',
      )
      const before = await out('get', 'cm', 'settings', '-o', 'yaml')
      const replace = (input: string) => run(['replace', '-f', '-'], { input })
      expect((await replace(before.replace('bb: "2"', 'bb: "3"'))).out).toBe('configmap/settings replaced\n')
      const stale = await replace(before)
      expect(stale.err).toContain('the object has been modified; please apply your changes to the latest version')
    },
  ],

  [
    'deletes by file and by label, and says in a dry run what it would',
    async ({ out, apply, file }) => {
      for (const how of ['client', 'server']) {
        expect(await out('delete', 'cm', 'settings', `--dry-run=${how}`)).toMatch(
          /^configmap "settings" deleted.*dry run\)/,
        )
      }
      expect(await out('get', 'cm', 'settings', '-o', 'name')).toBe('configmap/settings\n')
      const path = file('application.yaml', application())
      expect(await out('delete', '-f', path)).toMatch(/^configmap "settings" deleted[^]*deployment\.apps "web" deleted/)
      expect(await out('delete', '-f', path, '--ignore-not-found')).toBe('')
      await apply(application())
      expect(await out('delete', 'cm,svc', '-l', 'app=web')).toMatch(
        /^configmap "settings" deleted[^]*service "web" deleted/,
      )
      expect(await out('get', 'cm,svc', '-l', 'app=web', '-o', 'name')).toBe('')
      expect(await out('delete', 'vs', '--all')).toMatch(/^virtualservice\.networking\.istio\.io "web" deleted/)
    },
  ],

  [
    'leaves dependents, or waits for them',
    async ({ out, run, apply }) => {
      await out('delete', 'deploy', 'web', '--cascade=orphan')
      expect(await out('get', 'rs', '-l', 'app=web', '-o', 'name')).toMatch(/^replicaset\.apps\/web-/)
      await out('delete', 'rs', '-l', 'app=web', '--cascade=foreground')
      expect(await out('get', 'rs,pods', '-l', 'app=web', '-o', 'name')).toBe('')
      await apply(application())
      await out('rollout', 'status', 'deploy/web', '--timeout=60s')
      const [pod = ''] = (await out('get', 'pods', '-l', 'app=web', '-o', 'name')).split('\n')
      await out('delete', 'deploy', 'web', '--cascade=background', '--wait=false')
      const waited = await run(['wait', '--for=delete', pod, '--timeout=60s'])
      // Older ones call it an error when there is nothing left to wait for.
      expect(waited.code === 0 || /NotFound|no matching resources/.test(waited.err), waited.err).toBe(true)
      expect(await out('get', 'rs,pods', '-l', 'app=web', '-o', 'name')).toBe('')
    },
  ],
]
