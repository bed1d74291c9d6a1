// A session that has ended: the page goes to where one signs in, and comes back. Without this the page would just stand still.
(() => {
  const ask = window.fetch;
  let isLeaving = false;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    if (answer.status === 401 && !isLeaving) {
      isLeaving = true;
      window.location.reload();
    }
    return answer;
  };
})();
