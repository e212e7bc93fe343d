import { textAt } from '@orbweaver/contracts/json'
import { breaking } from '../breakage.ts'
import type { Answer, Scene } from '../scene.ts'
import { configMap, patchType } from './objects.ts'

type Applied = { as: string; force?: boolean; body: unknown }

export const applied = (scene: Scene, path: string, { as, force, body }: Applied): Promise<Answer> => {
  const query = `fieldManager=${as}${force === true ? '&force=true' : ''}`
  const url = path.startsWith('/') ? path : scene.at(path)
  return scene.ask(`${url}${url.includes('?') ? '&' : '?'}${query}`, { method: 'PATCH', type: patchType.apply, body })
}

export const data = (values: Record<string, string>): object => configMap('a', { data: values })
export const map = 'configmaps/a'

/** Every apply is taken for a merge patch: nobody owns anything. */
export const mergingInstead = breaking('ownership', ({ method, headers, query }) => {
  if (method !== 'PATCH' || headers['content-type'] !== patchType.apply) return
  headers['content-type'] = patchType.merge
  query.delete('force')
})

/** Every write is an apply of one manager by force: it makes what is missing and overwrites what is there. */
export const applyingInstead = breaking('the difference of writes', (sent) => {
  const name = textAt(sent.body, 'metadata', 'name')
  if (!['POST', 'PUT', 'PATCH'].includes(sent.method) || name === undefined) return
  if (sent.method === 'POST') sent.path = `${sent.path}/${name}`
  sent.method = 'PATCH'
  sent.headers['content-type'] = patchType.apply
  sent.query.set('fieldManager', 'one')
  sent.query.set('force', 'true')
})
