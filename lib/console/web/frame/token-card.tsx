import { useState } from 'react';
import { wordsOf } from '../api-client.js';
import { useConsole } from '../console-data.js';
import { tokenIn } from '../session.js';

/** Asks for the token where the console wants one and was not given the right one. */
export function TokenCard({ problem }: { readonly problem: string | undefined }) {
  const { signIn } = useConsole();
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const enter = async () => {
    setRefusal(undefined);
    try {
      await signIn(tokenIn(text) ?? text.trim());
    } catch (error) {
      setRefusal(wordsOf(error));
    }
  };
  const said = refusal ?? problem;
  return (
    <div className="page">
      <section className="card token-card" aria-labelledby="token-title">
        <h1 id="token-title">Enter the token</h1>
        <p className="muted">
          The console prints its address when it starts. The token stands behind <code>#token=</code>; the whole address
          will do.
        </p>
        <form
          className="row-form"
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          <div className="field">
            <label htmlFor="token">Token</label>
            <input
              id="token"
              type="password"
              autoComplete="off"
              value={text}
              aria-describedby={said === undefined ? undefined : 'token-problem'}
              onChange={({ target }) => setText(target.value)}
            />
          </div>
          <button type="submit" className="button primary" disabled={text.trim() === ''}>
            Open console
          </button>
        </form>
        {said !== undefined && (
          <p className="field-error" id="token-problem" role="alert">
            {said}
          </p>
        )}
      </section>
    </div>
  );
}
