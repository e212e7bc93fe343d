import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Checks } from './checks.tsx'
import { CopyText } from './copy-text.tsx'
import { Empty } from './empty.tsx'
import { Failure } from './failure.tsx'
import { KeyValue } from './key-value.tsx'
import { Skeleton } from './skeleton.tsx'
import { StageList } from './stage-list.tsx'
import { Status } from './status.tsx'
import { show } from './testing.tsx'
import { TimeAgo } from './time-ago.tsx'
import { Toasts, useToast } from './toast.tsx'
import { TruthStrip } from './truth-strip.tsx'

afterEach(() => vi.useRealTimers())

describe('Status', () => {
  it('says the word, the reason and since when', () => {
    const since = new Date(Date.now() - 3 * 60_000).toISOString()
    show(<Status health="working" word="Joining" reason="istiod has no address yet" since={since} />)
    expect(screen.getByText('Joining')).toBeTruthy()
    expect(screen.getByText('istiod has no address yet')).toBeTruthy()
    expect(screen.getByText('for 3 min')).toBeTruthy()
  })

  it('has a word of its own in both languages', () => {
    show(<Status health="broken" />)
    show(<Status health="broken" />, 'zh')
    expect(screen.getByText('Broken')).toBeTruthy()
    expect(screen.getByText('异常')).toBeTruthy()
  })
})

describe('TimeAgo', () => {
  it('goes on as time passes', () => {
    vi.useFakeTimers()
    show(<TimeAgo at={new Date(Date.now() - 50_000).toISOString()} />)
    expect(screen.getByText('50 sec. ago')).toBeTruthy()
    act(() => void vi.advanceTimersByTime(10_000))
    expect(screen.getByText('1 min. ago')).toBeTruthy()
  })

  it('shows a dash for what never was', () => {
    show(<TimeAgo at={undefined} />)
    expect(screen.getByText('–')).toBeTruthy()
  })
})

describe('TruthStrip', () => {
  const truths = [
    { cluster: 'hub', state: 'fresh' as const },
    {
      cluster: 'east',
      state: 'unreachable' as const,
      reason: 'its API server does not answer',
      asOf: new Date().toISOString(),
    },
    { cluster: 'west', state: 'forbidden' as const },
  ]

  it('is silent while every cluster is fresh', () => {
    show(<TruthStrip truths={truths.slice(0, 1)} />)
    expect(screen.queryByRole('region')).toBeNull()
  })

  it('counts the others and tells which, why and how old', async () => {
    show(<TruthStrip truths={truths} />)
    expect(screen.getByRole('region', { name: 'Partial: 2 of 3 clusters not up to date' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Show which' }))
    const [east, west] = screen.getAllByRole('listitem')
    expect(east?.textContent).toContain('unreachable')
    expect(east?.textContent).toContain('its API server does not answer')
    expect(east?.textContent).toContain('last known just now')
    expect(west?.textContent).toContain('never read')
  })
})

describe('Failure', () => {
  it('says what happened, what to do, and which request it was', async () => {
    const onRetry = vi.fn()
    show(
      <Failure
        failure={{ what: 'It broke', next: 'Wait a little', detail: 'EOF', requestId: 'req-1' }}
        onRetry={onRetry}
      />,
    )
    expect(screen.getByRole('alert').textContent).toContain('It brokeWait a littleEOFRequest req-1')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledOnce()
  })
})

describe('Empty, KeyValue and Skeleton', () => {
  it('name what would be here', () => {
    show(<Empty title="No mesh yet" hint="A mesh governs clusters." action={<a href="/new">Create a mesh</a>} />)
    expect(screen.getByRole('link', { name: 'Create a mesh' })).toBeTruthy()
  })

  it('show a dash for a fact without a value', () => {
    show(
      <KeyValue
        facts={[
          { label: 'Version', value: undefined },
          { label: 'Kind', value: 'Managed' },
        ]}
      />,
    )
    expect(screen.getAllByRole('definition').map((each) => each.textContent)).toEqual(['–', 'Managed'])
  })

  it('stay silent for the first 300 ms', () => {
    vi.useFakeTimers()
    show(<Skeleton />)
    expect(screen.queryByText('Loading')).toBeNull()
    act(() => void vi.advanceTimersByTime(300))
    expect(screen.getByText('Loading')).toBeTruthy()
  })

  it('says after a while what it still waits for', () => {
    vi.useFakeTimers()
    show(<Skeleton />)
    act(() => void vi.advanceTimersByTime(7_900))
    expect(screen.queryByText('No answer yet')).toBeNull()
    act(() => void vi.advanceTimersByTime(100))
    expect(screen.getByText('No answer yet')).toBeTruthy()
    expect(screen.getByText('The server is still being asked.')).toBeTruthy()
  })
})

describe('CopyText', () => {
  it('puts the text on the clipboard and says so', async () => {
    const user = userEvent.setup()
    show(<CopyText text="kubectl get mesh" />)
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toBe('kubectl get mesh')
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
  })
})

describe('Toasts', () => {
  function Maker() {
    const toast = useToast()
    return (
      <>
        <button type="button" onClick={() => toast({ health: 'healthy', text: 'Saved' })}>
          save
        </button>
        <button type="button" onClick={() => toast({ health: 'broken', text: 'Refused' })}>
          refuse
        </button>
      </>
    )
  }

  it('go by themselves, failures only when closed', () => {
    vi.useFakeTimers()
    show(
      <Toasts>
        <Maker />
      </Toasts>,
    )
    act(() => screen.getByRole('button', { name: 'save' }).click())
    act(() => screen.getByRole('button', { name: 'refuse' }).click())
    expect(screen.getByRole('status').textContent).toContain('Saved')
    act(() => void vi.advanceTimersByTime(6000))
    expect(screen.queryByText('Saved')).toBeNull()
    expect(screen.getByText('Refused')).toBeTruthy()
    act(() => screen.getByRole('button', { name: 'Close' }).click())
    expect(screen.queryByText('Refused')).toBeNull()
  })
})

describe('Checks', () => {
  it('lists what blocks first, with how to fix it, and folds what passed', () => {
    show(
      <Checks
        label="Preflight"
        checks={[
          ...['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, severity: 'ok' as const, text: `${id} is fine` })),
          { id: 'clock', severity: 'warning', text: 'Clocks differ', place: 'east' },
          {
            id: 'operator',
            severity: 'blocking',
            text: 'No operator',
            fix: { text: 'Install it', commands: ['helm install'] },
          },
        ]}
      />,
    )
    const items = screen.getAllByRole('listitem').map((each) => each.textContent)
    expect(items[0]).toContain('Blocks: No operator')
    expect(items[0]).toContain('helm install')
    expect(items[1]).toContain('Warning: Clocks differ east')
    expect(screen.getByText('5 checks passed')).toBeTruthy()
  })
})

describe('StageList', () => {
  it('tells where it is, what it waits for and what to do', () => {
    show(
      <StageList
        label="Stages"
        stages={[
          { id: 'a', title: 'Namespace', state: 'done' },
          { id: 'b', title: 'Entrance', state: 'running', reason: 'Waits for an address', place: 'hub' },
          { id: 'c', title: 'Control plane', state: 'failed', reason: 'Not Kubernetes', fix: 'Upgrade it' },
        ]}
      />,
    )
    const [done, running, failed] = screen.getAllByRole('listitem')
    expect(done?.textContent).toBe('NamespaceDone')
    expect(running?.getAttribute('aria-current')).toBe('step')
    expect(running?.textContent).toBe('EntrancehubRunningWaits for an address')
    expect(failed?.textContent).toContain('Upgrade it')
  })
})
