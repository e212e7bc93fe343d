import { hiddenName } from '@orbweaver/contracts/hidden-name'
import { beforeEach, describe, expect, it } from 'vitest'
import { act, renderHook } from '@testing-library/react'
import { sentences } from '../app/messages.ts'
import { en as enErrors } from './errors.en.ts'
import { zh as zhErrors } from './errors.zh.ts'
import { defineText } from './define-text.ts'
import { changeLanguage } from './i18n.ts'
import { defineMessages, fetchMessages, type Sentences, useKnownName, useMessage } from './messages.ts'

beforeEach(async () => {
  await sentences
  await changeLanguage('en')
})

function say(code: string, params: Record<string, string | number> = {}): string {
  return renderHook(() => useMessage()).result.current({ code, params })
}

describe('useMessage', () => {
  it('words codes with dots, blanks filled', () => {
    expect(say('objects.delete', { kind: 'Gateway', name: 'old' })).toBe('Delete Gateway old')
  })

  it('counts', () => {
    expect(say('sidecars.restart', { count: 1, name: 'reviews' })).toBe('Restart workload reviews')
    expect(say('sidecars.restart', { count: 4 })).toBe('Restart 4 workloads')
  })

  it('tells times as the reader writes them', async () => {
    const params = { clusters: 'east', until: '2026-12-01T08:30:00.000Z' }
    expect(say('certificates.hold_pods', params)).toMatch(/wait until .*Dec 2026/)
    await changeLanguage('zh')
    expect(say('certificates.hold_pods', params)).toMatch(/等到 2026年12月/)
  })

  it('tells a name that the reader may not know in their language, alone and within one', async () => {
    const known = (name: string) => renderHook(() => useKnownName()).result.current(name)
    const name = `east/${hiddenName}`
    expect([say('objects.delete', { kind: 'Gateway', name }), known('web')]).toEqual([
      'Delete Gateway east/⟨hidden⟩',
      'web',
    ])
    await changeLanguage('zh')
    expect(say('objects.delete', { kind: 'Gateway', name })).toContain('east/⟨不可见⟩')
    expect(known(hiddenName)).toBe('⟨不可见⟩')
  })

  it('fills in words of the API by those of the reader, one or several', async () => {
    const of = '{{level}}, {{on}}, {{trial}}'
    const words = { 'access.depends.path': 'the path', 'access.depends.claims': 'the token' }
    const zh = { 'access.depends.path': '路径', 'access.depends.claims': '令牌' }
    defineMessages({ 'later.words': of, ...words }, { 'later.words': of, ...zh })
    const told = (on: string) => say('later.words', { level: 'port', on, trial: '' })
    expect(told('path, claims')).toBe('port, the path, the token, ')
    await changeLanguage('zh')
    expect(told('path, claims, other')).toBe('端口, 路径、令牌、other, ')
    expect(told('east')).toBe('端口, east, ')
  })

  it('follows the language', async () => {
    await changeLanguage('zh')
    expect(say('sidecars.restart', { count: 1, name: 'reviews' })).toBe('重启工作负载 reviews')
    expect(say('sidecars.restart', { count: 2 })).toBe('重启 2 个工作负载')
    expect(document.documentElement.lang).toBe('zh-CN')
  })

  it('lists names as the language does, those of a message and those of a slice', async () => {
    const useOwn = defineText('listing', { of: 'Clusters {{clusters}}' }, { of: '集群 {{clusters}}' })
    const own = () => renderHook(() => useOwn()).result.current('of', { clusters: ['east', 'west'] })
    defineMessages({ 'later.list': '{{clusters}}: {{message}}' }, { 'later.list': '{{clusters}}：{{message}}' })
    const told = () => say('later.list', { clusters: 'east, west', message: 'a, b' })
    expect([own(), told()]).toEqual(['Clusters east, west', 'east, west: a, b'])
    await changeLanguage('zh')
    expect([own(), told()]).toEqual(['集群 east、west', 'east、west：a, b'])
  })

  it('says a mesh’s kind in the reader’s words', async () => {
    expect(say('meshes.create', { kind: 'Managed', name: 'prod' })).toBe('Create managed mesh prod')
    await changeLanguage('zh')
    expect(say('meshes.create', { kind: 'Managed', name: 'prod' })).toBe('创建托管网格 prod')
  })

  it('says what is undone by the title of the change', async () => {
    const undo = { change: 'chg-1', what: 'sidecars.restart', count: 1, name: 'reviews' }
    expect(say('history.undo.of', undo)).toBe('Undo: Restart workload reviews')
    await changeLanguage('zh')
    expect(say('history.undo.of', undo)).toBe('撤销：重启工作负载 reviews')
  })

  it('says only the kind of a change that is seen in part', () => {
    expect(say('sidecars.namespaces.enable.partly')).toBe('Change injection')
    expect(say('objects.edit.partly')).toBe('Apply changes')
    expect(say('meshes.forget.partly')).toBe('Delete a mesh')
    expect(say('history.undo.of.partly')).toBe('Undo')
  })

  it('shows a code it has no words for as it is', () => {
    expect(say('meshes.from-the-future', { name: 'prod', depth: 2 })).toBe('meshes.from-the-future name=prod depth=2')
  })

  it('leaves a visible gap for a blank nobody filled', () => {
    expect(say('meshes.repair')).toBe('Repair mesh …')
  })

  it('does not take markup or other blanks out of what fills a blank', () => {
    expect(say('plan.refused', { message: '<b>{{name}}</b> $t(plan.gone)' })).toBe(
      'The API server refuses it: <b>{{name}}</b> $t(plan.gone)',
    )
  })

  it('knows the sentences of packages/istio under the prefixes of the wire', () => {
    expect(say('check.operator.missing', { cluster: 'east' })).toContain('east')
    expect(say('stage.token-pending')).not.toContain('stage.')
    expect(say('stage-name.control-plane')).toBe('Control plane')
    expect(say('finding.virtualservice.host-not-found.title', { host: 'reviews' })).toContain('reviews')
    expect(say('injection.nobody-serves', { cluster: 'east' })).toContain('east')
  })

  it('takes sentences that come later', () => {
    defineMessages({ 'later.one': 'Came later' }, { 'later.one': '后来的' })
    expect(say('later.one')).toBe('Came later')
  })
})

/** Sentences that come, or fail to, when the test says so; asked again they are there. */
function held() {
  let settle: { come: (sentences: Sentences) => void; fail: (error: Error) => void } | undefined
  const first = new Promise<Sentences>((come, fail) => {
    settle = { come, fail }
  })
  let asked = 0
  const fetched = fetchMessages(() => {
    asked += 1
    return asked === 1 ? first : Promise.resolve({})
  })
  return {
    fetched,
    come: (sentences: Sentences) => settle?.come(sentences),
    fail: (error: Error) => settle?.fail(error),
  }
}

describe('fetchMessages', () => {
  it('fetches the language in use, and another before it is shown', async () => {
    const asked: string[] = []
    const fetched = fetchMessages((language) => {
      asked.push(language)
      return Promise.resolve({ 'fetched.one': language === 'en' ? 'Fetched' : '取来的' })
    })
    await fetched
    expect(asked).toEqual(['en'])
    expect(say('fetched.one')).toBe('Fetched')
    await changeLanguage('zh')
    expect(asked).toEqual(['en', 'zh'])
    expect(say('fetched.one')).toBe('取来的')
  })

  it('leaves a gap, not a code, while sentences are on their way', async () => {
    const { fetched, come } = held()
    const { result } = renderHook(() => useMessage())
    expect(result.current({ code: 'slow.one', params: {} })).toBe('…')
    expect(result.current({ code: 'plan.gone', params: { kind: 'Gateway', name: 'old' } })).toContain('Gateway old')
    await act(async () => {
      come({ 'slow.one': 'Here at last' })
      await fetched
    })
    expect(result.current({ code: 'slow.one', params: {} })).toBe('Here at last')
    expect(result.current({ code: 'slow.two', params: {} })).toBe('slow.two')
  })

  it('shows codes once it is known that their sentences cannot be fetched', async () => {
    const { fetched, fail } = held()
    const { result } = renderHook(() => useMessage()({ code: 'lost.one', params: {} }))
    expect(result.current).toBe('…')
    await act(async () => {
      fail(new Error('offline'))
      await expect(fetched).rejects.toThrow('offline')
    })
    expect(result.current).toBe('lost.one')
  })
})

describe('defineText', () => {
  const useText = defineText(
    'sample',
    { title: 'Pods of {{name}}', rows: { found_one: '{{count}} Pod', found_other: '{{count}} Pods' } },
    { title: '{{name}} 的 Pod', rows: { found_other: '{{count}} 个 Pod' } },
  )

  it('speaks both languages by typed keys', async () => {
    const t = renderHook(() => useText()).result.current
    expect(t('title', { name: 'east' })).toBe('Pods of east')
    expect(t('rows.found', { count: 1 })).toBe('1 Pod')
    await changeLanguage('zh')
    expect(renderHook(() => useText()).result.current('rows.found', { count: 1 })).toBe('1 个 Pod')
  })
})

describe('errors', () => {
  it('have the same blanks in both languages, and no shouting', () => {
    const blanks = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1]))
    for (const [code, sentence] of Object.entries(enErrors)) {
      const chinese = Object.entries(zhErrors).find(([key]) => key === code)?.[1]
      expect(blanks(chinese?.what ?? ''), code).toEqual(blanks(sentence.what))
      expect(`${sentence.what}${sentence.next}`).not.toMatch(/!|please/i)
    }
  })
})
