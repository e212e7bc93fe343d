import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'vitest'
import type { KubectlTest } from './kubectl-test.ts'
import { application, route, service, settings, web, yamlOf } from './manifests.ts'

/** Client-side and server-side apply, and diff. */
export const applies: readonly KubectlTest[] = [
  [
    'diffs, creates, leaves alone and changes several kinds in one file',
    async ({ out, run, apply }) => {
      expect(await run(['diff', '-f', '-'], { input: application() })).toMatchObject({ code: 1 })
      const created = 'configmap/settings created\ndeployment.apps/web created\nservice/web created\n'
      expect(await apply(application())).toMatchObject({ code: 0, out: created })
      expect(await apply(application())).toMatchObject({ code: 0, out: created.replaceAll('created', 'unchanged') })
      expect(await run(['diff', '-f', '-'], { input: application() })).toMatchObject({ code: 0, out: '' })
      const changed = application({ image: 'registry.example/web:2' })
      const difference = await run(['diff', '-f', '-'], { input: changed })
      expect(difference.out).toMatch(/^\+ +- image: registry\.example\/web:2$|^\+ +image: registry\.example\/web:2$/m)
      expect((await apply(changed)).out).toBe(
        'configmap/settings unchanged\ndeployment.apps/web configured\nservice/web unchanged\n',
      )
      expect(await out('get', 'deploy', 'web', '-o', 'jsonpath={..image}')).toBe('registry.example/web:2')
    },
  ],

  [
    'keeps what was applied last, and takes away what is no longer said',
    async ({ out, run, apply }) => {
      const last = await out('get', 'deploy', 'web', '-o', 'jsonpath={.metadata.annotations}')
      expect(last).toContain('kubectl.kubernetes.io/last-applied-configuration')
      await run(['patch', 'cm', 'settings', '--type=merge', '-p', '{"data":{"other":"x"}}'])
      await apply(yamlOf(settings({ a: '1' }), web({ env: ['A'] })))
      expect(JSON.parse(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data}'))).toEqual({ a: '1', other: 'x' })
      expect(await out('get', 'deploy', 'web', '-o', 'jsonpath={..env[*].name}')).toBe('A')
    },
  ],

  [
    'applies a folder, and custom kinds',
    async ({ out, run, apply, file }) => {
      const route1 = file('route.yaml', yamlOf(route(['web'])))
      const folder = dirname(file('route.yaml', yamlOf(route(['web']))))
      mkdirSync(`${folder}/set`, { recursive: true })
      file('set/service.yaml', yamlOf(service))
      file('set/settings.yaml', yamlOf(settings({ a: '2' })))
      expect((await run(['apply', '-f', `${folder}/set`])).out).toBe(
        'service/web unchanged\nconfigmap/settings configured\n',
      )
      const name = 'virtualservice.networking.istio.io/web'
      expect((await run(['apply', '-f', route1])).out).toBe(`${name} created\n`)
      expect((await run(['apply', '-f', route1])).out).toBe(`${name} unchanged\n`)
      expect((await apply(yamlOf(route(['web', 'web.example'])))).out).toBe(`${name} configured\n`)
      expect(await out('get', 'vs', 'web', '-o', 'jsonpath={.spec.hosts[1]}')).toBe('web.example')
    },
  ],

  [
    'refuses fields that nobody knows, and changes nothing in a dry run',
    async ({ out, apply }) => {
      const typo = yamlOf(web()).replace('replicas:', 'replicaz:')
      const refused = await apply(typo)
      expect(refused.code).toBe(1)
      expect(refused.err).toMatch(/unknown field "(spec\.)?replicaz"/)
      const dry = await apply(yamlOf(settings({ a: '9' })), '--dry-run=server')
      expect(dry).toMatchObject({ code: 0, out: 'configmap/settings configured (server dry run)\n' })
      expect(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data.a}')).toBe('2')
    },
  ],

  [
    'goes over from client side to server side without a conflict',
    async ({ out, apply }) => {
      expect(await apply(yamlOf(settings({ a: '3' })), '--server-side')).toMatchObject({ code: 0 })
      expect(await out('get', 'cm', 'settings', '-o', 'jsonpath={.data.a}')).toBe('3')
      const last = 'jsonpath={.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}'
      expect(JSON.parse(await out('get', 'cm', 'settings', '-o', last))).toMatchObject({ data: { a: '3' } })
      expect((await apply(yamlOf(settings({ a: '4' })))).out).toBe('configmap/settings configured\n')
    },
  ],

  [
    'tells the conflicts of server-side apply, and takes over on demand',
    async ({ out, apply }) => {
      const made = yamlOf(web({ image: 'a:1', env: [] })).replaceAll('name: web', 'name: shared')
      const as = (manager: string, text: string, ...more: string[]) =>
        apply(text, '--server-side', `--field-manager=${manager}`, ...more)
      expect((await as('one', made)).out).toBe('deployment.apps/shared serverside-applied\n')
      const other = made.replace('a:1', 'a:2')
      const conflict = await as('two', other)
      expect(conflict.code).toBe(1)
      expect(conflict.err).toContain(
        'Apply failed with 1 conflict: conflict with "one": .spec.template.spec.containers[name="main"].image',
      )
      const both = await as('two', other.replace('replicas: 2', 'replicas: 1'))
      expect(both.err).toContain(
        'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.replicas\n- .spec.template',
      )
      expect(await as('two', other, '--force-conflicts')).toMatchObject({ code: 0 })
      expect(await out('get', 'deploy', 'shared', '-o', 'jsonpath={..image}')).toBe('a:2')
    },
  ],
]
