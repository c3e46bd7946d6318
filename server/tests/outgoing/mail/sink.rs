//! A mail server that does to each receiver what their name says.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A mail as it came over the wire.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    /// Headers and body.
    pub whole: String,
}

impl Taken {
    /// The header's value, if it stands on one line.
    pub fn header(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        self.whole
            .lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or_default()
    }
}

pub struct Sink {
    pub address: SocketAddr,
    /// Told of a mail when the last of it has come, before the sender hears the answer.
    pub taken: UnboundedReceiver<Taken>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, taken) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let tell = tell.clone();
                tokio::spawn(async move {
                    // A sender that was killed in the middle is what these tests are about.
                    let _ = talk(stream, &tell).await;
                });
            }
        });
        Self { address, taken }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }
}

async fn talk(stream: TcpStream, tell: &UnboundedSender<Taken>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    stream.write_all(b"220 sink\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match to.split('@').next().unwrap_or_default() {
                    "refused" => "550 5.1.1 no such mailbox",
                    "later" => "451 4.7.1 greylisted",
                    "silent" => std::future::pending().await,
                    "cut" => return Ok(()),
                    _ => "250 ok",
                }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let whole = body(&mut stream).await?;
                let _ = tell.send(Taken {
                    to: to.clone(),
                    whole,
                });
                "250 taken"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 sink",
        };
        stream.write_all(answer.as_bytes()).await?;
        stream.write_all(b"\r\n").await?;
    }
}

async fn body(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut whole = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(whole);
        }
        whole.push_str(line.trim_end_matches(['\r', '\n']));
        whole.push('\n');
    }
}
